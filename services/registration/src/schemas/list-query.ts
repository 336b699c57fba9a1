import { STATES, text } from '@mensageria/contracts'
import { PageQuery } from '@mensageria/runtime'
import { z } from 'zod'

const state = z
  .string()
  .max(8)
  .trim()
  .toUpperCase()
  .refine((value) => STATES.has(value), { error: 'Must be one of the 27 states (UF), for example SP' })
  .meta({ description: 'UF, in either case', example: 'SP' })

const cityCode = z
  .string()
  .regex(/^\d{7}$/, { error: 'Must be an IBGE code of 7 digits' })
  .meta({ description: 'IBGE municipality code', example: '3509205' })

const q = text().meta({
  description: 'Start of name, code or taxId, without regard to case and accents',
  example: 'cd caj',
})

/** The query of a list; a parameter that it does not know is refused. */
export const ListQuery = z.strictObject({
  ...PageQuery.shape,
  state: state.optional(),
  cityCode: cityCode.optional(),
  q: q.optional(),
})
