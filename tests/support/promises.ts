import { AuditEntry, Delivery } from '@mensageria/contracts'
import { check, type CheckInput, type CheckResult, type DownstreamEffect } from '@mensageria/testkit'
import { waitFor } from '@mensageria/testkit/wait-for'
import { z } from 'zod'
import { SYSTEMS, type TestSystem } from './system.ts'

const KEPT: CheckResult = {
  lost: [],
  duplicated: [],
  unexpected: [],
  stuck: [],
  nonMonotonic: [],
  invisible: [],
}

const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextPageToken: z.string().optional() })

const listCenters = async (url: string): Promise<string[]> => {
  const ids: string[] = []
  let pageToken: string | undefined = ''
  while (pageToken !== undefined) {
    const token: string = pageToken === '' ? '' : `&pageToken=${encodeURIComponent(pageToken)}`
    const answer = await fetch(`${url}/v1/distribution-centers?pageSize=200${token}`)
    const page = Page.parse(await answer.json())
    ids.push(...page.items.map(({ id }) => id))
    pageToken = page.nextPageToken
  }
  return ids
}

// A center that the API does not know has no rows: the checker says what that means.
const rowsOf = async (url: string, centerId: string): Promise<Delivery[]> => {
  const answer = await fetch(`${url}/v1/distribution-centers/${centerId}/deliveries`)
  if (answer.status === 404) return []
  return z.object({ items: z.array(Delivery) }).parse(await answer.json()).items
}

// Side by side, but not thousands at once.
const ROWS_AT_ONCE = 50

const rowsOfAll = async (url: string, centerIds: readonly string[]): Promise<Delivery[]> => {
  const rows: Delivery[] = []
  for (let from = 0; from < centerIds.length; from += ROWS_AT_ONCE) {
    const some = centerIds.slice(from, from + ROWS_AT_ONCE).map((centerId) => rowsOf(url, centerId))
    rows.push(...(await Promise.all(some)).flat())
  }
  return rows
}

/** Everything that gets the centers of a system, and what has arrived there so far. */
export type Downstreams = { integrations: readonly string[]; effects: () => readonly DownstreamEffect[] }

/** The systems of a simulator that plays every integration by code. */
export const simulatedBy = (simulator: TestSystem['simulator']): Downstreams => ({
  integrations: SYSTEMS,
  effects: () => SYSTEMS.flatMap((name) => simulator.effects(name)),
})

/** All that a client can see: its log of answers, every row that the API shows, and what arrived downstream. */
export const gather = async (
  { client, simulator }: Pick<TestSystem, 'client' | 'simulator'>,
  url: string,
  { integrations, effects }: Downstreams = simulatedBy(simulator),
): Promise<CheckInput> => {
  const { answers, unanswered } = client.log
  const asked = [...answers, ...unanswered].map(({ centerId }) => centerId)
  const ids = new Set([...(await listCenters(url)), ...asked])
  return {
    integrations,
    answers,
    unanswered,
    deliveries: await rowsOfAll(url, [...ids]),
    effects: effects(),
  }
}

/** Waits until nothing is open, then fails unless every promise was kept: the end of each story. */
export const expectPromisesKept = async (
  system: Pick<TestSystem, 'client' | 'simulator'>,
  url: string,
  downstreams?: Downstreams,
): Promise<void> => {
  await waitFor('nothing stuck', async () => check(await gather(system, url, downstreams)).stuck, {
    until: (stuck) => stuck.length === 0,
  })
  expect(check(await gather(system, url, downstreams))).toEqual(KEPT)
}

/** The newest entries of the audit log, newest first. */
export const auditOf = async (url: string): Promise<AuditEntry[]> => {
  const answer = await fetch(`${url}/v1/audit`)
  return z.object({ items: z.array(AuditEntry) }).parse(await answer.json()).items
}
