import {
  DailyReport,
  Delivery,
  FailureGroup,
  Integration,
  RecentAttempts,
  Redrive,
  RedriveDryRun,
  Summary,
} from '@mensageria/contracts'
import { waitFor } from '@mensageria/testkit/wait-for'
import { z } from 'zod'

const send = (url: string, path: string, body?: object): Promise<Response> =>
  fetch(`${url}/v1/${path}`, {
    method: 'POST',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })

const read = async <T>(schema: z.ZodType<T>, asked: Promise<Response>): Promise<T> => {
  const answer = await asked
  const body: unknown = await answer.json()
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${JSON.stringify(body)}`)
  return schema.parse(body)
}

/** The operations API of one process, as a person uses it. */
export const createOperations = (url: string) => {
  const get = <T>(schema: z.ZodType<T>, path: string) => read(schema, fetch(`${url}/v1/${path}`))
  const redriveOf = (id: string) => get(Redrive, `redrives/${id}`)
  const integration = (name: string) => get(Integration, `integrations/${name}`)
  const summary = () => get(Summary, 'summary')
  return {
    send: (path: string, body?: object) => send(url, path, body),
    integration,
    integrations: async () => (await get(z.object({ items: z.array(Integration) }), 'integrations')).items,
    redrives: async () => (await get(z.object({ items: z.array(Redrive) }), 'redrives')).items,
    pause: (name: string) => read(Integration, send(url, `integrations/${name}:pause`, { reason: 'test' })),
    resume: (name: string) => read(Integration, send(url, `integrations/${name}:resume`, { reason: 'test' })),
    failureGroups: async () =>
      (await get(z.object({ items: z.array(FailureGroup) }), 'failure-groups')).items,
    summary,
    attempts: () => get(RecentAttempts, 'attempts'),
    report: (day: string) => get(DailyReport, `report?day=${day}`),
    deliveries: (query: string) => get(z.object({ items: z.array(Delivery) }), `deliveries?${query}`),
    dryRun: (filter: object, more: object = {}) =>
      read(RedriveDryRun, send(url, 'redrives', { filter, reason: 'test', dryRun: true, ...more })),
    redrive: (filter: object, more: object = {}) =>
      read(Redrive, send(url, 'redrives', { filter, reason: 'test', ...more })),
    redriveOf,
    act: (id: string, action: string) => read(Redrive, send(url, `redrives/${id}:${action}`)),
    /** Resolves with the redrive when it has come to its end. */
    done: async (id: string): Promise<Redrive> => {
      await waitFor(`redrive ${id} done`, () => redriveOf(id), { until: ({ state }) => state === 'done' })
      return redriveOf(id)
    },
    /** Resolves when so many deliveries of an integration are in this state. */
    untilCount: async (name: string, state: keyof Integration['counts'], count: number): Promise<void> => {
      await waitFor(`${count} deliveries of ${name} ${state}`, async () => (await integration(name)).counts, {
        until: (counts) => counts[state] === count,
      })
    },
    /** Resolves when an integration is as healthy as this. */
    untilHealth: async (name: string, health: Integration['health']): Promise<void> => {
      await waitFor(`${name} ${health}`, () => integration(name), { until: (now) => now.health === health })
    },
    /** Resolves when no event is open. */
    untilNoOpenEvents: async (): Promise<void> => {
      await waitFor('no open event', async () => (await summary()).openEvents, {
        until: (open) => open === 0,
      })
    },
  }
}

export type Operations = ReturnType<typeof createOperations>
