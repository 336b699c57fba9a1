import { getMunicipalities, getStates } from '@brazilian-utils/brazilian-utils'

/** A municipality of the IBGE table: 7-digit code, official name, UF. */
export type Municipality = { code: string; name: string; state: string }

/** The 27 states (UF) by their two letters. */
export const STATES: ReadonlySet<string> = new Set(getStates().map(({ code }) => code))

let byCode: Map<string, Municipality> | undefined

/** The municipality of an IBGE code, or undefined where there is none. The table is indexed at the first call. */
export const municipalityByCode = (code: string): Municipality | undefined => {
  byCode ??= new Map(
    getMunicipalities().map((entry) => [
      entry.code,
      { code: entry.code, name: entry.name, state: entry.stateCode },
    ]),
  )
  return byCode.get(code)
}
