import type { Clock } from '@mensageria/core'
import type { Asks } from './asks.ts'
import type { Stored } from './stored.ts'

/** A row of the list of integrations that an engine is opened for; `since` in epoch milliseconds. */
export type ListedIntegration = { name: string; since?: number }

/** What each port stands on: what is stored, how its operations are asked, for whom, and when. */
export type Context = {
  stored: Stored
  asks: Asks
  integrations: readonly ListedIntegration[]
  clock: Pick<Clock, 'now' | 'monotonic'>
}
