import { InvalidPageTokenError } from '@mensageria/core'
import { decodePageToken, encodePageToken } from '../database/page-token.ts'

/**
 * A place in the order of `compareFound` (core). Phase 1 are the rows that answer, by the time of it and number; each phase
 * after it is what waits at one of the integrations that are meant, by when the center was accepted and number. Both count down.
 */
export type Position = { phase: number; at: number; id: number }

/** The phase of the rows that answer for their center's version. */
export const ANSWERED = 1

/** The phase of what waits at an integration, by its place among those that are meant. */
export const waitingPhase = (place: number): number => ANSWERED + 1 + place

/** The place before everything of a phase. */
export const startOf = (phase: number): Position => ({
  phase,
  at: Number.MAX_SAFE_INTEGER,
  id: Number.MAX_SAFE_INTEGER,
})

/** Sorts places as pages give them. */
export const comparePositions = (a: Position, b: Position): number =>
  a.phase - b.phase || b.at - a.at || b.id - a.id

/** The one of two places that comes later. */
export const laterOf = (a: Position, b: Position): Position => (comparePositions(a, b) < 0 ? b : a)

/** Where the next page begins, and the newest event when the first one was asked for. */
export type Cursor = { position: Position; newestEvent: number }

/** The token of a place. */
export const encodeCursor = ({ position: { phase, at, id }, newestEvent }: Cursor): string =>
  encodePageToken(phase, at, id, newestEvent)

/** The place that a token names; throws InvalidPageTokenError for one that no page of a list this long gave. */
export const decodeCursor = (token: string, integrations: number): Cursor => {
  const [phase = 0, at = 0, id = 0, newestEvent = 0] = decodePageToken(token, 4, 0)
  if (phase < ANSWERED || phase >= waitingPhase(integrations)) throw new InvalidPageTokenError('Unknown page')
  return { position: { phase, at, id }, newestEvent }
}
