import { fold, STATES, taxId, text } from '@mensageria/contracts'
import { z } from 'zod'

const PAGE_SIZE_MAX = 200

const pageSize = z
  .string()
  .refine((value) => /^[1-9]\d{0,2}$/.test(value) && Number(value) <= PAGE_SIZE_MAX, {
    error: `Must be a whole number from 1 to ${PAGE_SIZE_MAX}`,
  })
  .transform(Number)
  .default(50)
  .meta({
    description: 'Centres of one page; 50 unless said',
    type: 'integer',
    minimum: 1,
    maximum: PAGE_SIZE_MAX,
  })

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
  pageSize,
  pageToken: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .meta({ description: '`nextPageToken` of the page before' }),
  state: state.optional(),
  cityCode: cityCode.optional(),
  q: q.optional(),
})

// From the second dot on; a code such as `SP.001` keeps its dot.
const PUNCTUATED_START =
  /^[\dA-Z]{2}\.[\dA-Z]{3}\.(?:[\dA-Z]{0,3}|[\dA-Z]{3}\/(?:[\dA-Z]{0,4}|[\dA-Z]{4}-\d{0,2}))$/i

/** The search as the store compares it: folded, and a CNPJ, or its start, as it is stored. */
export const toSearch = (search: string): string => {
  const wholeTaxId = taxId.safeParse(search).data
  return fold(wholeTaxId ?? (PUNCTUATED_START.test(search) ? search.replaceAll(/[./-]/g, '') : search))
}
