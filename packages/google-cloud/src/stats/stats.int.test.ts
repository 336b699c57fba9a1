import { dayOf, type DeliveryRow } from '@mensageria/core'
import { deliveryRowOf, writeOf } from '@mensageria/testkit'
import { needs } from '@mensageria/testkit/needs'
import { createCenterStore } from '../intake/center-store.ts'
import { createStats } from './stats.ts'
import { createLedger } from '../ledger/ledger.ts'
import { createOutbox } from '../intake/outbox.ts'
import { useConnection } from '../testing/use-connection.ts'

const { test } = needs('emulators')

const { connection, methods } = useConnection()

const INTEGRATIONS = [{ name: 'maas' }, { name: 'dmitri', since: Date.parse('2026-11-20T12:00:00.003Z') }]
const count = (now = 1000) => stats().count(now)
const stats = () => createStats(connection(), INTEGRATIONS)
const centers = () => createCenterStore(connection())
const ledger = () => createLedger(connection(), ['maas', 'dmitri'])
const idOf = (n: number) => writeOf(n).stored.center.id
const rowOf = (n: number, state: DeliveryRow['state'], integration = 'maas') =>
  deliveryRowOf(idOf(n), { state, integration })

test('the numbers are of one snapshot: they fit each other while centers and rows come', async () => {
  const ending = new AbortController()
  const accept = async () => {
    for (let n = 0; !ending.signal.aborted; n++) {
      await centers().create(writeOf(n))
      await ledger().create(rowOf(n, 'delivered'))
    }
  }
  const accepting = accept()
  try {
    for (let look = 0; look < 20; look++) {
      // A center without a row has an open event in the same snapshot, or it would be told of here.
      expect(await count()).toEqual([])
      const { counts } = await stats().ofIntegration('maas')
      const { accepted: all } = await stats().totals()
      expect(counts.delivered + counts.waiting).toBe(all)
    }
  } finally {
    ending.abort()
    await accepting
  }
  expect((await stats().ofIntegration('maas')).counts.delivered).toBeGreaterThan(20)
})

test('a center that nothing stands for, neither a row nor an open event, is told of and shown as waiting', async () => {
  await centers().create(writeOf(4))
  await centers().create(writeOf(5))
  await createOutbox(connection()).close([writeOf(4).event.id], 1)
  // Also at the one that has a `since`, since the center was accepted after it.
  expect(await count()).toEqual([
    { integration: 'maas', count: 1 },
    { integration: 'dmitri', count: 1 },
  ])
  for (const name of ['maas', 'dmitri']) expect((await stats().ofIntegration(name)).counts.waiting).toBe(2)
})

test('more open events than are looked at: what waits is counted all the same', async () => {
  await Promise.all(Array.from({ length: 520 }, (_, n) => centers().create(writeOf(n))))
  expect(await count()).toEqual([])
  expect((await stats().ofIntegration('maas')).counts.waiting).toBe(520)
  expect((await stats().ofIntegration('dmitri')).counts.waiting).toBe(517)
  expect((await stats().totals()).owed).toEqual({ maas: 520, dmitri: 517 })
})

test('the oldest that waits without a row counts like the oldest that fails', async () => {
  await centers().create(writeOf(4))
  await centers().create(writeOf(9))
  await ledger().create(rowOf(9, 'parked'))
  await count()
  const at = (n: number) => Date.parse(writeOf(n).stored.center.updatedAt)
  expect((await stats().ofIntegration('maas')).oldestUndeliveredAt).toBe(at(4))
  await ledger().create(rowOf(4, 'delivered'))
  await count()
  expect((await stats().ofIntegration('maas')).oldestUndeliveredAt).toBe(at(9))
})

test('what was last is remembered when its rows have moved on', async () => {
  await centers().create(writeOf(4))
  const lastFailure = { kind: 'transient', cause: 'tls', message: 'no', at: 700 } as const
  const revision = await ledger().create({ ...rowOf(4, 'parked'), lastFailure, lastAttemptAt: 700 })
  await count()
  await ledger().replace({ ...rowOf(4, 'delivered'), lastAttemptAt: 900 }, revision ?? '')
  await count()
  expect(await stats().ofIntegration('maas')).toMatchObject({
    lastSuccessAt: 900,
    lastFailureAt: 700,
    newestAttempt: 'succeeded',
    lastFailure: { cause: 'tls' },
  })
  expect(await stats().failureGroups(['maas'])).toEqual([])
})

test('counts may overlap at midnight: whatever happened is in one day, and in no other', async () => {
  const startOf = (day: number) => day * 86_400_000
  for (let day = 0; day < 8; day++) {
    await centers().create(writeOf(day))
    await Promise.all([count(startOf(day)), count(startOf(day + 1))])
  }
  const days = await Promise.all(
    Array.from({ length: 9 }, (_, day) => stats().ofDay(dayOf(startOf(day)), [])),
  )
  expect(days.reduce((sum, { registered }) => sum + registered, 0)).toBe(8)
})

test('says when it was counted, and a page that asks for everything is one read', async () => {
  await count(5000)
  const asked = stats()
  methods.length = 0
  const answers = await Promise.all([
    asked.ofIntegration('maas'),
    asked.ofIntegration('dmitri'),
    asked.failureGroups(['maas', 'dmitri']),
    asked.totals(),
  ])
  expect(methods).toEqual(['BatchGetDocuments'])
  expect(answers).toMatchObject([{ asOf: 5000 }, { asOf: 5000 }, [], { asOf: 5000 }])
})
