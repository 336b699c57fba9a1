import { createRequestRedrive } from './request-redrive.ts'
import {
  centerOf,
  createTestCenters,
  createTestClock,
  createTestIds,
  createTestLedger,
  NOW,
  rowIn,
  SETTINGS,
  TRACEPARENT,
} from '../testing/in-memory.ts'
import { createTestAudit, createTestRedrives, createTestSearch } from '../testing/operations.ts'

const MAAS = SETTINGS.name

const createPart = () => {
  const clock = createTestClock()
  const ledger = createTestLedger(clock)
  const centers = createTestCenters()
  const redrives = createTestRedrives()
  const audit = createTestAudit()
  const search = createTestSearch(centers, ledger, [MAAS])
  const put = (centerId: string, state: 'parked' | 'delivered' | 'rejected' | 'delivering', at = NOW - 1) => {
    centers.put({ center: centerOf(1, centerId), requestId: 'r', traceparent: TRACEPARENT })
    ledger.put({ ...rowIn(state, { lastAttemptAt: at }), centerId })
  }
  const integrations = [{ name: MAAS }, { name: 'dmitri' }]
  const part = createRequestRedrive({ redrives, search, audit, clock, ids: createTestIds(), integrations })
  return { ...part, clock, redrives, audit, put }
}

const asked = { reason: 'mended', requestedBy: 'ana', force: false }

test('a dry run counts and shows up to ten, over all pages, and changes nothing', async () => {
  const { dryRun, put, redrives, audit } = createPart()
  for (let n = 0; n < 450; n++) put(`c${n}`, 'parked')
  put('done', 'delivered')
  const found = await dryRun({ ...asked, filter: { integration: MAAS } })
  expect(found).toMatchObject({ kind: 'dry-run', count: 450 })
  expect(found.kind === 'dry-run' && found.sample).toHaveLength(10)
  expect(redrives.written).toHaveLength(0)
  expect(audit.entries).toHaveLength(0)
})

test.each(['dryRun', 'create'] as const)('%s refuses a filter that means everything', async (method) => {
  const part = createPart()
  expect(await part[method]({ ...asked, filter: {} })).toEqual({ kind: 'refused', reason: 'empty' })
  expect(part.redrives.written).toHaveLength(0)
})

test('a redrive is in the audit log, with who and why, and knows what it has to do', async () => {
  const { create, put, audit, redrives } = createPart()
  put('a', 'parked')
  put('b', 'rejected')
  put('c', 'delivered')
  const created = await create({ ...asked, filter: { integration: MAAS } })
  expect(created).toMatchObject({
    kind: 'created',
    redrive: { total: 2, requestedBy: 'ana', reason: 'mended' },
  })
  const [redrive] = redrives.all()
  expect(audit.entries).toEqual([
    { at: NOW, actor: 'ana', action: 'redrive.create', target: redrive?.id, reason: 'mended' },
  ])
})

describe('one delivery', () => {
  const one = { ...asked, integration: MAAS, centerId: 'a' }

  test('is sent again in whatever open state it is', async () => {
    const { createOne, put } = createPart()
    put('a', 'rejected')
    expect(await createOne(one)).toMatchObject({
      kind: 'created',
      redrive: { total: 1, filter: { integration: MAAS, centerId: 'a' }, lanes: [{ integration: MAAS }] },
    })
  })

  test('that nobody knows is not found', async () => {
    expect(await createPart().createOne(one)).toEqual({ kind: 'not-found' })
  })

  test('that is delivered is refused, unless forced', async () => {
    const { createOne, put } = createPart()
    put('a', 'delivered')
    expect(await createOne(one)).toEqual({ kind: 'delivered' })
    expect(await createOne({ ...one, force: true })).toMatchObject({ kind: 'created', redrive: { total: 1 } })
  })

  test('asked for twice at the same time belongs to the first', async () => {
    const { createOne, put } = createPart()
    put('a', 'parked')
    const results = await Promise.all([createOne(one), createOne(one)])
    expect(results.map(({ kind }) => kind)).toEqual(['created', 'in-redrive'])
  })

  test('that a wider redrive is sending belongs to that one', async () => {
    const { create, createOne, put, redrives } = createPart()
    put('a', 'parked')
    await create({ ...asked, filter: { integration: MAAS } })
    const [wide] = redrives.all()
    const lanes = wide?.lanes.map((lane) => ({ ...lane, sending: ['a'] })) ?? []
    if (wide) await redrives.update({ ...wide, lanes }, '1')
    expect(await createOne(one)).toEqual({ kind: 'in-redrive' })
  })
})

describe('what a person does with it', () => {
  const begin = async () => {
    const part = createPart()
    part.put('a', 'parked')
    const created = await part.create({ ...asked, filter: { integration: MAAS } })
    return { ...part, id: created.kind === 'created' ? created.redrive.id : '' }
  }

  test('changes it, audited with who', async () => {
    const { act, id, audit } = await begin()
    expect(await act(id, 'pause', 'bea')).toMatchObject({ kind: 'done', redrive: { state: 'paused' } })
    expect(audit.entries.at(-1)).toMatchObject({ actor: 'bea', action: 'redrive.pause', target: id })
  })

  test('again changes nothing and is not audited again', async () => {
    const { act, id, audit, redrives } = await begin()
    await act(id, 'pause', 'bea')
    const written = redrives.written.length
    expect(await act(id, 'pause', 'bea')).toMatchObject({ kind: 'done', redrive: { state: 'paused' } })
    expect(audit.entries).toHaveLength(2)
    expect(redrives.written).toHaveLength(written)
  })

  test('comes too late after its end', async () => {
    const { act, id } = await begin()
    await act(id, 'cancel', 'bea')
    expect(await act(id, 'resume', 'bea')).toEqual({ kind: 'ended' })
    expect(await act('nobody', 'resume', 'bea')).toEqual({ kind: 'not-found' })
  })

  test('wins over a step that is written at the same time', async () => {
    const { act, id, redrives } = await begin()
    const read = redrives.read.bind(redrives)
    let reads = 0
    redrives.read = async (wanted) => {
      const found = await read(wanted)
      reads += 1
      // After the second read, which is the one to write from.
      if (found && reads === 2) await redrives.update({ ...found.redrive, delivered: 1 }, found.revision)
      return found
    }
    await act(id, 'cancel', 'bea')
    expect(redrives.all()[0]).toMatchObject({ state: 'cancelled', delivered: 1 })
  })
})
