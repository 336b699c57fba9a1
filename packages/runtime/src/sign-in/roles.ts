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

/** The roles of an account, by its verified e-mail. */
export const rolesOf = (email: string, roles: RoleMembers): readonly Role[] => {
  const address = email.toLowerCase()
  // From the first @ on: what has another one (in quotes, or forged) is of no domain that anybody could have named.
  const domain = address.slice(address.indexOf('@'))
  const has = (role: Role) => roles[role].includes(address) || roles[role].includes(domain)
  const given = Role.options.filter(has)
  return given.length === 0 || given.includes('read') ? given : ['read', ...given]
}
