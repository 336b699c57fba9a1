import {
  isBalanced,
  parseStoredAudit,
  parseStoredRow,
  progressOf,
  readDeliveredBy,
  SHOWN_STATES,
  toDelivery,
  type DeliveryFilter,
  type Engine,
  type FoundDelivery,
  type IntegrationSettings,
} from '@mensageria/core'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Expected } from './expected.ts'

/** What release 0.1.0 left behind: a file for each engine, and what that release read from it. */
export const FIXTURE = join(import.meta.dirname, '0.1.0')

/** What release 0.1.0 read from its own store. */
export const expected: Expected = JSON.parse(readFileSync(join(FIXTURE, 'expected.json'), 'utf8'))

/** The integrations of the fixture, in the order of its list. */
export const NAMES = ['senninha', 'maas', 'dmitri']

const NOW = Date.parse(expected.now)
const PAGE = { pageSize: 200 }

/** An engine over what release 0.1.0 wrote. */
export type UpgradedEngine = Engine & { close(): Promise<void> | void }

/**
 * What an engine must find in the store of release 0.1.0, after a day with an outage, a shorter list of integrations, a crash
 * and three redrives. `create` makes a store with the fixture in it and resolves with what opens it. `keepsPlaces`: the order
 * of a search is still the one of that release, so a lane goes on where it was; else it begins anew, and skips what it has sent.
 */
export const describeUpgrade = (
  engineName: string,
  create: () => Promise<() => UpgradedEngine | Promise<UpgradedEngine>>,
  { keepsPlaces }: { keepsPlaces: boolean },
): void => {
  describe(`the store of release 0.1.0: ${engineName}`, () => {
    let open: () => UpgradedEngine | Promise<UpgradedEngine>
    let engine: UpgradedEngine
    beforeEach(async () => {
      open = await create()
      engine = await open()
      // As the first sweep does.
      await engine.stats.count(NOW)
    })
    afterEach(async () => {
      await engine.close()
    })

    const settingsOf = (name: string): IntegrationSettings => ({ ...expected.settings, name })

    /** The tax ids of what a search finds: their first digits number the centers of the fixture. */
    const numbersOf = (items: readonly FoundDelivery[]): number[] =>
      items.map(({ centerId }) => expected.centers.findIndex(({ id }) => id === centerId) + 1)
    const find = async (filter: DeliveryFilter) => numbersOf((await engine.search.find(filter, PAGE)).items)

    test('every center and every row is there, and is shown as before', async () => {
      expect(expected.centers).toHaveLength(17)
      for (const { id, taxId, name, version, deliveries } of expected.centers) {
        const center = (await engine.centers.read(id))?.center
        expect(center).toMatchObject({ id, taxId, name, version })
        const rows = await engine.ledger.ofCenter(id)
        for (const [
          integration,
          { row, historyLength, lastFailureCause, externalId, ...shown },
        ] of Object.entries(deliveries)) {
          const found = rows.find((one) => one.integration === integration)
          expect(found).toEqual(row ? parseStoredRow(JSON.stringify(row)) : undefined)
          const delivery = toDelivery(found, { id, version }, settingsOf(integration))
          expect(delivery).toMatchObject(shown)
          expect(delivery.history).toHaveLength(historyLength)
          expect([delivery.lastFailure?.cause, delivery.externalId]).toEqual([
            lastFailureCause ?? undefined,
            externalId ?? undefined,
          ])
        }
      }
    })

    test.each(NAMES)('every delivery of %s is found and counted in its state', async (integration) => {
      const { counts } = await engine.stats.ofIntegration(integration)
      expect(counts).toEqual(expected.integrations[integration]?.counts)
      for (const state of SHOWN_STATES) {
        const inState = expected.centers.flatMap(({ deliveries }, index) =>
          deliveries[integration]?.state === state ? [index + 1] : [],
        )
        const found = await find({ integration, states: [state] })
        expect(found.toSorted((a, b) => a - b)).toEqual(inState)
        expect(counts[state]).toBe(inState.length)
      }
      const { owed, accepted, openEvents } = await engine.stats.totals()
      expect({ accepted, openEvents, owed: owed[integration] }).toEqual({
        accepted: 17,
        openEvents: 4,
        owed: 17,
      })
      expect(isBalanced([{ counts, owed: owed[integration] ?? -1 }])).toBe(true)
    })

    test('what a shorter list left behind waits, and is told of: nothing but a backfill brings it', async () => {
      // 12 was registered meanwhile and its event is closed; 6 is retired.
      expect(await find({ integration: 'dmitri', states: ['waiting'], scope: 'owed' })).toEqual([17, 12, 6])
      expect(await engine.stats.count(NOW)).toEqual([{ integration: 'dmitri', count: 2 }])
      const { oldestUndeliveredAt } = await engine.stats.ofIntegration('dmitri')
      const { items } = await engine.search.find({ integration: 'dmitri', states: ['waiting'] }, PAGE)
      expect(oldestUndeliveredAt).toBe(items.at(-1)?.acceptedAt)
    })

    test('a row that was parked without a call is found by the time of its parking', async () => {
      const parkedAt = expected.centers[14]?.deliveries['maas']?.row?.parkedAt ?? 0
      const filter = { integration: 'maas', states: ['parked'] } as const
      expect(await find({ ...filter, since: parkedAt, until: parkedAt + 1 })).toEqual([15])
      expect((await find(filter)).toSorted((a, b) => b - a)).toEqual([15, 6])
    })

    test('causes are grouped as before, and found', async () => {
      const groups = await engine.stats.failureGroups(NAMES)
      const nameOf = ({ integration, kind, cause }: (typeof groups)[number]) =>
        `${integration} ${kind} ${cause}`
      expect(
        groups
          .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
          .map(({ integration, kind, cause, count }) => ({ integration, kind, cause, count })),
      ).toEqual(expected.failureGroups)
      for (const { integration, kind, cause, count } of groups)
        expect(await find({ integration, kind, cause })).toHaveLength(count)
    })

    test('redrives keep their state, their numbers and what they had taken', async () => {
      const { items } = await engine.redrives.list(PAGE)
      const found = items.toReversed().map(({ redrive, lanes }) => {
        const { id, state, requestedBy, filter } = redrive
        const { phase: _, more: __, ...numbers } = progressOf(redrive, lanes)
        const { integration, cause, states } = filter
        return {
          id,
          state,
          requestedBy,
          filter: { ...(integration ? { integration } : {}), ...(cause ? { cause } : {}), states },
          ...numbers,
          lanes: lanes.map((lane) => ({
            integration: lane.integration,
            exhausted: lane.exhausted,
            hasCursor: lane.cursor !== undefined,
            sending: lane.sending,
          })),
        }
      })
      expect(found).toEqual(
        expected.redrives.map((redrive) => ({
          ...redrive,
          lanes: redrive.lanes.map((lane) => ({
            ...lane,
            hasCursor: lane.hasCursor && (keepsPlaces || lane.exhausted),
          })),
        })),
      )
      expect(items.map(({ redrive }) => redrive.filter.scope)).toEqual(['owed', 'owed', 'owed'])
      const active = await engine.redrives.active()
      expect(active.map(({ redrive }) => redrive.state)).toEqual(['paused', 'running'])
    })

    test('a redrive that had begun goes on: a search understands the place of each of its lanes', async () => {
      for (const { redrive, lanes } of await engine.redrives.active())
        for (const { integration, cursor, exhausted } of lanes) {
          if (exhausted) continue
          const position = cursor === undefined ? PAGE : { ...PAGE, pageToken: cursor }
          await engine.search.find({ ...redrive.filter, integration }, position)
        }
      // The newest attempt first: 10 is being sent by the running one, 6 and 5 wait for the paused one.
      expect(await find({ integration: 'senninha', states: ['parked'] })).toEqual([10, 6, 5])
    })

    test('audit, notes and unreadable messages are there', async () => {
      const { items } = await engine.audit.list(PAGE)
      expect(items.toReversed()).toEqual(
        expected.audit.map((entry) => parseStoredAudit(JSON.stringify(entry))),
      )
      expect(items.map(({ actor }) => actor)).toContain('bruno')
      expect(await engine.notes.of(NAMES)).toEqual(expected.notes)
      expect((await engine.unreadable.list(PAGE)).items).toEqual(expected.undecodable)
    })

    test('kept answers, pauses and recovery windows are there', async () => {
      for (const { caller, key, centerId, ...record } of expected.idempotency) {
        const kept = await engine.centers.readIdempotency(caller, key)
        expect(kept).toMatchObject(record)
        expect(kept?.center.id).toBe(centerId)
      }
      const all = await engine.states.all()
      for (const name of NAMES) {
        const { paused, recovery } = expected.integrations[name] ?? {}
        const state = await engine.states.read(name)
        expect([state?.paused, state?.recovery]).toEqual([paused ?? undefined, recovery ?? undefined])
        expect(all.get(name)).toEqual(state)
      }
    })

    test('open events and due rows are there', async () => {
      const events = await engine.outbox.due(
        { now: Number.MAX_SAFE_INTEGER, latest: Number.MAX_SAFE_INTEGER },
        100,
      )
      expect(events.map(({ eventId }) => eventId).toSorted()).toEqual(expected.openEvents)
      for (const { eventId } of events) expect((await engine.outbox.read(eventId))?.id).toBe(eventId)
      const openRows = (
        await Promise.all(
          NAMES.map((name) => engine.ledger.due(name, { now: Number.MAX_SAFE_INTEGER, latest: NOW }, 100)),
        )
      ).flat()
      const isOpen = (state: string) => ['delivering', 'retrying', 'parked'].includes(state)
      const expectedOpen = expected.centers.flatMap(({ deliveries }) =>
        Object.values(deliveries).filter(({ row }) => row && isOpen(row.state)),
      )
      expect(openRows).toHaveLength(expectedOpen.length)
      expect((await engine.ledger.integrationsWithOpenRows()).toSorted()).toEqual(NAMES.toSorted())
    })

    test('the day and the last hour are counted as before', async () => {
      const day = await engine.stats.ofDay(expected.now.slice(0, 10), NAMES)
      expect(day).toMatchObject({ registered: expected.day.registered, updated: expected.day.updated })
      for (const name of NAMES)
        expect(day.integrations[name]).toEqual(readDeliveredBy(expected.day.integrations[name] ?? {}))
      expect(await engine.stats.lastHour(NAMES, NOW)).toEqual(expected.attemptsOfLastHour)
    })

    test('opened again, nothing has changed', async () => {
      const ask = async () => ({
        totals: await engine.stats.totals(),
        stats: await Promise.all(NAMES.map((name) => engine.stats.ofIntegration(name))),
        found: await engine.search.find({ scope: 'all' }, PAGE),
        redrives: await engine.redrives.list(PAGE),
      })
      const before = await ask()
      await engine.close()
      engine = await open()
      expect(await ask()).toEqual(before)
    })
  })
}
