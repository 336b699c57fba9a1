import { newRedrive, type RedriveLane } from '@mensageria/core'
import { useConnection } from '../testing/use-connection.ts'
import { createRedriveStore } from './redrive-store.ts'

const { connection } = useConnection()
const store = () => createRedriveStore(connection())
const documentOf = (path: string) => connection().firestore.doc(path)

const lane = (integration: string, sending: readonly string[] = []) => ({
  integration,
  window: { phase: 'canary', gapMs: 0, nextAt: 1000, since: 1000 },
  exhausted: false,
  sending,
})

// As release 0.1 wrote it: one document, with its lanes and all numbers inside.
const putOld = async (id: string, state: string, sending: readonly string[] = []) => {
  const redrive = {
    id,
    state,
    filter: { cause: 'http-503', states: ['parked'], backfill: true },
    force: false,
    reason: 'x',
    requestedBy: 'ana',
    createdAt: 1000,
    total: 9,
    delivered: 2,
    failed: 1,
    skipped: 3,
    lanes: [lane('maas', sending), lane('dmitri')],
  }
  const open = state === 'running' || sending.length > 0 ? { openShard: 0 } : {}
  await documentOf(`redrives/${id}`).create({
    redrive: JSON.stringify(redrive),
    createdAt: 1000,
    listShard: 0,
    ...open,
  })
}

const numbersOf = (lanes: readonly RedriveLane[]) =>
  lanes.map(({ integration, delivered, failed, skipped, sending }) => ({
    integration,
    delivered,
    failed,
    skipped,
    sending,
  }))

const NUMBERS = [
  { integration: 'maas', delivered: 2, failed: 1, skipped: 3, sending: ['c1'] },
  { integration: 'dmitri', delivered: 0, failed: 0, skipped: 0, sending: [] },
]

test('an open redrive of release 0.1 is split once, by many who meet it at once, and is then written in parts', async () => {
  await putOld('r', 'running', ['c1'])
  const [active] = await Promise.all([store().active(), store().active(), store().read('r')])
  expect(active.map(({ redrive }) => redrive)).toMatchObject([
    { id: 'r', open: true, filter: { cause: 'http-503', scope: 'all' }, expected: 9 },
  ])
  expect(active.map(({ lanes }) => numbersOf(lanes))).toEqual([NUMBERS])
  const found = await store().read('r')
  if (!found) throw new Error('It is gone')
  const [maas] = found.lanes
  if (!maas) throw new Error('Its lane is gone')
  const done = { ...maas.lane, sending: [], delivered: 3, exhausted: true }
  expect(await store().writeLane('r', done, maas.revision)).toBeDefined()
  const ended = { ...found.redrive, state: 'done', open: false } as const
  expect(await store().write(ended, found.revision)).toBeDefined()
  expect(await store().active()).toEqual([])
  expect((await store().read('r'))?.lanes.map((one) => one.lane.delivered)).toEqual([3, 0])
})

test('one that is paused is listed as it was, and resumed', async () => {
  await putOld('r', 'paused')
  const { items } = await store().list({ pageSize: 5 })
  expect(items.map(({ redrive }) => [redrive.state, redrive.open])).toEqual([['paused', false]])
  // A list only shows: it is split where somebody reads it to change it.
  expect((await documentOf('redriveLanes/r~maas').get()).exists).toBe(false)
  const found = await store().read('r')
  if (!found) throw new Error('It is gone')
  expect(
    await store().write({ ...found.redrive, state: 'running', open: true }, found.revision),
  ).toBeDefined()
  expect((await store().active()).map(({ lanes }) => lanes.length)).toEqual([2])
  expect((await store().list({ pageSize: 5 })).items).toEqual(await store().active())
})

test('a create that was sent twice is known to its author, and is refused to anybody else', async () => {
  const requested = (reason: string) =>
    newRedrive(
      { filter: { integration: 'maas', states: ['parked'] }, reason, requestedBy: 'ana', force: false },
      { id: 'r', now: 1, expected: 1, integrations: ['maas'] },
    )
  const { redrive, lanes } = requested('x')
  const revision = await store().create(redrive, lanes)
  expect(await store().create(redrive, lanes)).toBe(revision)
  const other = requested('y')
  expect(await store().create(other.redrive, other.lanes)).toBeUndefined()
})
