import { Role } from '@mensageria/contracts'
import { z } from 'zod'

const member = z
  .string()
  .trim()
  .toLowerCase()
  .refine((value) => z.email().safeParse(value.startsWith('@') ? `any${value}` : value).success, {
    error: 'Must be an e-mail address, or @ and a domain',
  })
const members = z.array(member).default([])

/** Who has which role: e-mail addresses, and `@example.com` for everybody of a domain. */
export const RoleMembers = z
  .strictObject({ read: members, register: members, operate: members })
  .refine((roles) => Object.values(roles).some((some) => some.length > 0), { error: 'Must name somebody' })
export type RoleMembers = z.output<typeof RoleMembers>

/**
 * The domain of an address, from the first @ on: what has another one (in quotes, or forged) is of no domain that anybody
 * could have named.
 */
export const domainOf = (email: string): string => email.toLowerCase().split('@').slice(1).join('@')

/** The roles of an account, by its verified e-mail and the domain that it surely is of. */
export const rolesOf = (email: string, domain: string | undefined, roles: RoleMembers): readonly Role[] => {
  const names = new Set([email.toLowerCase(), ...(domain === undefined ? [] : [`@${domain}`])])
  const given = Role.options.filter((role) => roles[role].some((name) => names.has(name)))
  return given.length === 0 || given.includes('read') ? given : ['read', ...given]
}
