import { randomUUID } from 'node:crypto'
import { toEvent, type DistributionCenter, type DistributionCenterEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import type { Outcome } from '@mensageria/core'
import type { TcpProxy } from '../network/tcp-proxy.ts'
import { waitFor } from '../wait-for.ts'
import type {
  DestinationHarness,
  OpenedDestination,
  Received,
  RowUnderTest,
  TargetUnderTest,
} from './types.ts'

/** The trace of every event of the suite. */
export const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

const PATIENCE_MS = 60_000

/** The event of a new center, or of a later version of it. */
export const eventOf = (changes: Partial<DistributionCenter> = {}): DistributionCenterEvent =>
  toEvent({ ...center, id: randomUUID(), ...changes }, TRACEPARENT)

/** The key that the consumer knows a repetition by; the same for every attempt of an event. */
export const keyOf = (event: DistributionCenterEvent): string => `key-${event.id}`

/** One case: a target of its own behind a proxy of its own, and all that was opened and logged. */
export type Case = {
  proxy: TcpProxy
  target: TargetUnderTest
  open: (row?: RowUnderTest) => Promise<OpenedDestination>
  /** Calls with a signal that ends it in time for the suite to say so. */
  send: (opened: OpenedDestination, event: DistributionCenterEvent, signal?: AbortSignal) => Promise<Outcome>
  /** Waits until the consumer has read a message of each of these events. */
  untilReceived: (events: readonly DistributionCenterEvent[]) => Promise<readonly Received[]>
  /** All that was logged, and every outcome. */
  said: () => string
  close: () => Promise<void>
}

/** Opens a case; `close` closes what it opened, the broker being back. */
export const openCase = async ({ open, startProxy, makeTarget }: DestinationHarness): Promise<Case> => {
  const proxy = await startProxy()
  const target = await makeTarget(proxy)
  const opened: OpenedDestination[] = []
  const said: string[] = []
  return {
    proxy,
    target,
    open: async (row = target.row) => {
      const destination = await open(row, (line) => said.push(line))
      opened.push(destination)
      return destination
    },
    send: async (destination, event, signal = AbortSignal.timeout(PATIENCE_MS)) => {
      const outcome = await destination.call(event, {
        idempotencyKey: keyOf(event),
        attempt: 1,
        firstAttemptAt: 1,
        mayHaveEffect: false,
        now: 1,
        signal,
      })
      said.push(JSON.stringify(outcome))
      return outcome
    },
    untilReceived: async (events) => {
      const ids = events.map(({ id }) => id)
      return waitFor('the consumer to read every message', () => target.received(), {
        timeoutMs: PATIENCE_MS,
        until: (received) => {
          const read = new Set(received.map(({ attributes }) => attributes['id']))
          return ids.every((id) => read.has(id))
        },
      })
    },
    said: () => said.join('\n'),
    close: async () => {
      proxy.thaw()
      await Promise.all(opened.map((destination) => destination.close()))
      await target.close()
      await proxy.close()
    },
  }
}
