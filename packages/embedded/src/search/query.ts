import {
  canMatchWaiting,
  matches,
  textMatches,
  type DeliveryFilter,
  type FoundDelivery,
} from '@mensageria/core'
import { keysOf } from '../intake/centers-by-text.ts'
import { waitingPhase } from './positions.ts'

type Row = Record<string, unknown>

/** An integration that a filter means, and the phase of what waits there. */
export type SearchedIntegration = { name: string; since?: number; phase: number }

/** A filter over the integrations that it can mean. */
export type Query = {
  filter: DeliveryFilter
  integrations: readonly SearchedIntegration[]
  /** Whether rows that answer can match, and whether pairs that wait can. */
  answered: boolean
  waiting: boolean
}

/** Reads a filter for a list of integrations. */
export const toQuery = (
  filter: DeliveryFilter,
  configured: readonly { name: string; since?: number }[],
): Query => ({
  filter,
  // Those of the filter alone: redrives keep the tokens of one integration, and the list changes under them.
  integrations: configured
    .filter(({ name }) => filter.integration === undefined || filter.integration === name)
    .map((integration, place) => ({ ...integration, phase: waitingPhase(place) })),
  answered: filter.states === undefined || filter.states.some((state) => state !== 'waiting'),
  waiting: canMatchWaiting(filter),
})

/** Whether the filter means a candidate, by the definition of the core alone; `row` has the keys of its center. */
export const isMeant = (
  { filter }: Query,
  row: Row,
  found: FoundDelivery,
  settings: SearchedIntegration,
): boolean => textMatches(keysOf(row), filter.q) && matches(filter, found, settings)
