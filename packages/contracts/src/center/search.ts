import { taxId } from './tax-id.ts'
import { fold } from './text.ts'

// From the second dot on; a code such as `SP.001` keeps its dot.
const PUNCTUATED_START =
  /^[\dA-Z]{2}\.[\dA-Z]{3}\.(?:[\dA-Z]{0,3}|[\dA-Z]{3}\/(?:[\dA-Z]{0,4}|[\dA-Z]{4}-\d{0,2}))$/i

/** The search as the store compares it: folded, and a CNPJ, or its start, as it is stored. */
export const toSearch = (search: string): string => {
  const wholeTaxId = taxId.safeParse(search).data
  return fold(wholeTaxId ?? (PUNCTUATED_START.test(search) ? search.replaceAll(/[./-]/g, '') : search))
}
