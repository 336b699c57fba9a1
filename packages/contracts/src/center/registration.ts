import { z } from 'zod'
import { isNameOf } from './municipality-name.ts'
import { municipalityByCode } from './municipality.ts'
import { STATES } from './states.ts'
import { taxId } from './tax-id.ts'
import { text } from './text.ts'

const state = z
  .string()
  .max(8)
  .trim()
  .toUpperCase()
  .refine((value) => STATES.has(value), { error: 'Must be one of the 27 states (UF), for example SP' })
  .meta({ description: 'UF, in either case', example: 'SP' })

const postalCode = z
  .string()
  .max(16)
  .overwrite((value) => value.trim().replace(/^(\d{5})-(\d{3})$/, '$1$2'))
  .refine((value) => /^\d{8}$/.test(value), { error: 'Must be a CEP of 8 digits, with or without dash' })
  .meta({ description: 'CEP, with or without dash', example: '07786000' })

const cityCode = z
  .string()
  .max(16)
  .trim()
  .refine((value) => municipalityByCode(value) !== undefined, {
    error: 'Must be the 7-digit IBGE code of a municipality',
  })
  .meta({ description: 'IBGE municipality code', example: '3509205' })

type City = { city: string; cityCode: string; state: string }

/** Says what the code means where it does not name this city in this state; undefined where all agree. */
const cityMismatch = (address: City): { path: 'city' | 'state'; message: string } | undefined => {
  const found = municipalityByCode(address.cityCode)
  // Where the state is none at all, that alone is said.
  if (!found || !STATES.has(address.state)) return undefined
  const message = `The code ${found.code} is ${found.name}, ${found.state}`
  if (found.state !== address.state) return { path: 'state', message: `${message}, not in ${address.state}` }
  if (!isNameOf(found, address.city)) return { path: 'city', message }
  return undefined
}

const address = z
  .strictObject({
    street: text(),
    number: text(),
    complement: text().optional(),
    district: text(),
    city: text(),
    cityCode,
    state,
    postalCode,
  })
  .superRefine((value, context) => {
    const mismatch = cityMismatch(value)
    if (mismatch) context.addIssue({ code: 'custom', path: [mismatch.path], message: mismatch.message })
  })
  .overwrite((value) => ({ ...value, city: municipalityByCode(value.cityCode)?.name ?? value.city }))

const location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})

const contact = z
  .strictObject({
    name: text().optional(),
    email: z.email().max(254).optional(),
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, { error: 'Must be E.164, for example +551133334444' })
      .optional(),
  })
  .refine(({ name, email, phone }) => name ?? email ?? phone, {
    error: 'Must have at least one of name, email, phone',
  })

/** A registration as it is sent: unknown fields are refused; what passes is normalized. */
export const Registration = z
  .strictObject({
    name: text(),
    code: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,32}$/, { error: 'Must be 1 to 32 of A-Z a-z 0-9 . _ -' })
      .optional(),
    taxId,
    address,
    location: location.optional(),
    contact: contact.optional(),
  })
  .meta({ id: 'Registration' })
export type Registration = z.output<typeof Registration>
