import { blankRow, emptyCounts, isBalanced, isOwed, shownState, type DeliveryRow } from '@mensageria/core'
import { writeOf } from '@mensageria/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openEmbedded, type Embedded } from '../open-embedded.ts'
import { migrate } from '../schema/migrate.ts'

const STATES = ['delivering', 'retrying', 'parked', 'rejected', 'delivered', 'retired'] as const
const retry = { minBackoffMs: 10, maxBackoffMs: 100, attemptsMax: 5 }
const subscriptionOf = (name: string, since?: number) => ({
  name,
  retry,
  concurrencyMax: 1,
  ...(since === undefined ? {} : { since }),
})
const createdAt = (n: number) => Date.parse(writeOf(n).stored.center.createdAt)
const INTEGRATIONS = [
  subscriptionOf('maas'),
  subscriptionOf('senninha'),
  subscriptionOf('late', createdAt(8)),
]

const NAMES = INTEGRATIONS.map(({ name }) => name)

const open = (dataDir: string, subscriptions = INTEGRATIONS): Embedded =>
  openEmbedded({
    dataDir,
    subscriptions,
    onError: (error) => {
      throw error
    },
  })

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mensageria-counters-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

/** Numbers from 0 to 1, the same for the same seed. */
const randomOf = (seed: number) => {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

const rowOf = (
  n: number,
  integration: string,
  version: number,
  state: DeliveryRow['state'],
  cause?: string,
): DeliveryRow => {
  const row = {
    ...blankRow({ integration, centerId: writeOf(n).stored.center.id }, version, 't'),
    lastAttemptAt: 1000 + n,
    ...(cause === undefined || state === 'delivered'
      ? {}
      : { lastFailure: { kind: 'transient' as const, cause, message: cause, at: 1000 + n } }),
  }
  return state === 'rejected' || state === 'delivered' || state === 'retired'
    ? { ...row, state }
    : { ...row, state, dueAt: 1 }
}

const put = async ({ ledger }: Embedded, row: DeliveryRow) => {
  const found = await ledger.read(row)
  await (found ? ledger.replace(row, found.revision) : ledger.create(row))
}

/** What the stats must say, counted pair by pair as the core defines it. */
type Model = { versions: Map<number, number>; rows: Map<string, DeliveryRow> }

const expected = ({ versions, rows }: Model, settings: { name: string; since?: number }) => {
  const counts = emptyCounts()
  const causes: Record<string, number> = {}
  let owed = 0
  for (const [n, version] of versions) {
    const row = rows.get(`${n} ${settings.name}`)
    if (!isOwed(settings, { row, createdAt: createdAt(n) })) continue
    owed += 1
    const state = shownState(row, version)
    counts[state] += 1
    const cause = state === 'waiting' ? undefined : row?.lastFailure?.cause
    if (cause !== undefined) causes[cause] = (causes[cause] ?? 0) + 1
  }
  return { counts, causes, owed }
}

const found = async (engine: Embedded, name: string) => {
  const [{ counts }, groups, { owed }] = await Promise.all([
    engine.stats.ofIntegration(name),
    engine.stats.failureGroups([name]),
    engine.stats.totals(),
  ])
  return {
    counts,
    causes: Object.fromEntries(groups.map(({ cause, count }) => [cause, count])),
    owed: owed[name] ?? -1,
  }
}

/** One random history of commits; after each the sum over the states is what is owed, and every number is right. */
const liveThrough = async (seed: number) => {
  const random = randomOf(seed)
  /** One of them, or now and then the last. */
  const pick = <T>(items: readonly T[], last: T): T =>
    items[Math.floor(random() * (items.length + 1))] ?? last
  let engine = open(dataDir)
  const model: Model = { versions: new Map(), rows: new Map() }
  for (let step = 0; step < 60; step++) {
    const n = Math.floor(random() * 14)
    const version = model.versions.get(n)
    const action = random()
    if (version === undefined) {
      await engine.centers.create(writeOf(n))
      model.versions.set(n, 1)
    } else if (action < 0.15) {
      await engine.centers.update({ ...writeOf(n, version + 1), expected: String(version) })
      model.versions.set(n, version + 1)
    } else if (action < 0.18) {
      engine.close()
      engine = open(dataDir)
    } else {
      const name = pick(NAMES, 'maas')
      const below = random() < 0.2 ? Math.max(1, version - 1) : version
      const before = model.rows.get(`${n} ${name}`)
      const row = rowOf(
        n,
        name,
        Math.max(below, before?.version ?? 0),
        pick(STATES, 'parked'),
        pick(['tls', 'dns'], undefined),
      )
      await put(engine, row)
      model.rows.set(`${n} ${name}`, row)
    }
    for (const integration of INTEGRATIONS) {
      const seen = await found(engine, integration.name)
      expect(seen).toEqual(expected(model, integration))
      expect(isBalanced([seen])).toBe(true)
    }
  }
  expect((await engine.stats.totals()).accepted).toBe(model.versions.size)
  engine.close()
}

test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
  'in the random history %d the sum over the states is what is owed, after every commit',
  liveThrough,
)

test('an integration that is new counts what is there; one that is gone and comes back too', async () => {
  const first = open(dataDir, [subscriptionOf('maas')])
  for (const n of [1, 2, 9]) await first.centers.create(writeOf(n))
  await put(first, rowOf(1, 'maas', 1, 'parked', 'tls'))
  first.close()

  const second = open(dataDir, [subscriptionOf('dmitri', createdAt(8)), subscriptionOf('senninha')])
  expect(await found(second, 'dmitri')).toMatchObject({ counts: { waiting: 1 }, owed: 1 })
  expect(await found(second, 'senninha')).toMatchObject({ counts: { waiting: 3 }, owed: 3 })
  expect((await second.stats.totals()).owed).toEqual({ dmitri: 1, senninha: 3 })
  await second.centers.create(writeOf(10))
  second.close()

  const third = open(dataDir, [subscriptionOf('maas'), subscriptionOf('dmitri')])
  expect(await found(third, 'maas')).toMatchObject({ counts: { waiting: 3, parked: 1 }, owed: 4 })
  expect(await found(third, 'dmitri')).toMatchObject({ counts: { waiting: 4 }, owed: 4 })
  third.close()
})

test('what is deleted behind the ports shows: the states do not add up to what is owed any more', async () => {
  let engine = open(dataDir)
  for (const n of [1, 2, 9]) await engine.centers.create(writeOf(n))
  await put(engine, rowOf(1, 'maas', 1, 'delivered'))
  await put(engine, rowOf(9, 'late', 1, 'parked'))
  const balanced = async () => Promise.all(NAMES.map(async (name) => isBalanced([await found(engine, name)])))
  const damage = (sql: string) => {
    engine.close()
    const db = new DatabaseSync(join(dataDir, 'mensageria.db'))
    db.exec(sql)
    db.close()
    engine = open(dataDir)
  }
  expect(await balanced()).toEqual([true, true, true])
  damage('DELETE FROM deliveries')
  expect(await balanced()).toEqual([false, true, false])
  damage('DELETE FROM centers WHERE rowid = 2')
  expect(await balanced()).toEqual([true, false, false])
  engine.close()
})

test('a file of the release before gets its counters, states and groups from what it holds', async () => {
  const engine = open(dataDir)
  for (const n of [1, 2, 9]) await engine.centers.create(writeOf(n))
  await engine.centers.update({ ...writeOf(2, 2), expected: '1' })
  await put(engine, rowOf(1, 'maas', 1, 'parked', 'tls'))
  await put(engine, rowOf(2, 'maas', 1, 'delivered'))
  await put(engine, { ...rowOf(9, 'maas', 1, 'parked'), lastAttemptAt: undefined, parkedAt: 5000 })
  await put(engine, rowOf(1, 'senninha', 1, 'retired'))
  await engine.outbox.close([writeOf(1).event.id], 5)
  const ask = async (from: Embedded) => ({
    maas: await found(from, 'maas'),
    senninha: await found(from, 'senninha'),
    totals: await from.stats.totals(),
    everything: await from.search.find({}, { pageSize: 50 }),
    parked: await from.search.find({ states: ['parked'], since: 5000 }, { pageSize: 50 }),
  })
  const before = await ask(engine)
  expect(before.parked.items).toHaveLength(1)
  engine.close()

  const db = new DatabaseSync(join(dataDir, 'mensageria.db'))
  const names = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all()
  for (const { name } of names) db.exec(`DROP TRIGGER ${String(name)}`)
  for (const index of ['answered', 'cause', 'sample', 'undelivered', 'simulated'])
    db.exec(`DROP INDEX deliveries_${index}`)
  db.exec('DROP INDEX centers_created; DROP INDEX events_open_age')
  for (const table of [
    'counters',
    'daily',
    'failure_groups',
    'failure_notes',
    'redrive_headers',
    'redrive_lanes',
    'audit',
    'attempts',
    'newest_attempts',
    'retention',
    'identity',
  ])
    db.exec(`DROP TABLE ${table}`)
  for (const column of ['shown', 'kind', 'cause', 'attempted_at', 'simulated'])
    db.exec(`ALTER TABLE deliveries DROP COLUMN ${column}`)
  for (const column of ['created_at', 'actor']) db.exec(`ALTER TABLE centers DROP COLUMN ${column}`)
  db.exec('PRAGMA user_version = 1')
  migrate(db)
  db.close()

  const later = open(dataDir)
  expect(await ask(later)).toEqual(before)
  later.close()
})
