import { getMunicipalities, getStates } from '@brazilian-utils/brazilian-utils'
import { fold } from './text.ts'

/** A municipality of the IBGE table: 7-digit code, official name, UF. */
export type Municipality = { code: string; name: string; state: string }

/** The 27 states (UF) by their two letters. */
export const STATES: ReadonlySet<string> = new Set(getStates().map(({ code }) => code))

const STATE_NAMES = new Map(getStates().map(({ code, name }) => [fold(name), code]))

/** The two letters of a state that is written out, with or without accents; undefined where it is none. */
export const stateByName = (name: string): string | undefined => STATE_NAMES.get(fold(name))

let byCode: Map<string, Municipality> | undefined

const table = (): Map<string, Municipality> =>
  (byCode ??= new Map(
    getMunicipalities().map(({ code, name, stateCode }) => [code, { code, name, state: stateCode }]),
  ))

/** The municipality of an IBGE code, or undefined where there is none. The table is indexed at the first call. */
export const municipalityByCode = (code: string): Municipality | undefined => table().get(code)

/** Every municipality of the table. */
export const municipalities = (): Municipality[] => Array.from(table().values())
