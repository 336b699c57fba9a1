import { getMunicipalities } from '@brazilian-utils/brazilian-utils/get-municipalities'

/** A municipality of the IBGE table: 7-digit code, official name, UF. */
export type Municipality = { code: string; name: string; state: string }

let byCode: Map<string, Municipality> | undefined

const table = (): Map<string, Municipality> =>
  (byCode ??= new Map(
    getMunicipalities().map(({ code, name, stateCode }) => [code, { code, name, state: stateCode }]),
  ))

/** The municipality of an IBGE code, or undefined where there is none. The table is indexed at the first call. */
export const municipalityByCode = (code: string): Municipality | undefined => table().get(code)

/** Every municipality of the table. */
export const municipalities = (): Municipality[] => Array.from(table().values())
