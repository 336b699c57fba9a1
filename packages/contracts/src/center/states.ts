import { getStates } from '@brazilian-utils/brazilian-utils/get-states'
import { fold } from './text.ts'

/** The 27 states (UF) by their two letters. */
export const STATES: ReadonlySet<string> = new Set(getStates().map(({ code }) => code))

const BY_NAME = new Map(getStates().map(({ code, name }) => [fold(name), code]))

/** The two letters of a state that is written out, with or without accents; undefined where it is none. */
export const stateByName = (name: string): string | undefined => BY_NAME.get(fold(name))
