import type { Redrive, RedriveLane } from '../../src/model/redrive.ts'
import { createRedrives } from '../../src/redrive/service.ts'
import { createTestClock, createTestIds, NOW, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestEngine } from '../support.ts'

const MAAS = SETTINGS.name
const INTEGRATIONS = [{ name: MAAS }, { name: 'dmitri' }]

const createPart = () => {
  const clock = createTestClock()
  const test = createTestEngine({ integrations: INTEGRATIONS, clock })
  const { redrives, search, stats, audit } = test.engine
  const put = (centerId: string, state: 'parked' | 'delivered' | 'rejected' | 'delivering', at = NOW - 1) => {
    test.putCenter(centerId)
    test.put({ ...rowIn(state, { lastAttemptAt: at }), centerId })
  }
  const part = createRedrives({
    redrives,
    search,
    stats,
    audit,
    clock,
    ids: createTestIds(),
    integrations: INTEGRATIONS,
  })
  const all = async () => (await redrives.list({ pageSize: 100 })).items
  const entries = async () =>
    (await audit.list({ pageSize: 100 })).items
      .filter(({ action }) => action !== 'center.register')
      .toReversed()
  const writes = () => test.calls.filter((call) => /^redrives\.(?:create|write)/.test(call)).length
  return { ...part, ...test, clock, put, all, entries, writes }
}

const asked = { reason: 'it is fixed', requestedBy: 'ana', force: false }

describe('row 45: a redrive that is asked for while the clock', () => {
  const ask = async (part: ReturnType<typeof createPart>) => {
    const created = await part.create({ ...asked, filter: { integration: MAAS } })
    return created.kind === 'created' && created.redrive.clockWasWrong
  }

  test('is right knows which rows were tried since', async () => {
    const part = createPart()
    part.put('a', 'parked', NOW)
    expect(await ask(part)).toBeUndefined()
  })

  test('is a year behind, or was a year ahead before, remembers that it was wrong', async () => {
    const part = createPart()
    part.put('a', 'parked')
    part.put('b', 'rejected', NOW + 365 * 86_400_000)
    expect(await ask(part)).toBe(true)
  })
})

describe('a dry run', () => {
  test('counts and shows up to ten, over all pages, and changes nothing', async () => {
    const { dryRun, put, all, entries } = createPart()
    for (let n = 0; n < 450; n++) put(`c${n}`, 'parked')
    put('done', 'delivered')
    const found = await dryRun({ ...asked, filter: { integration: MAAS } })
    expect(found).toMatchObject({ kind: 'dry-run', count: 450, more: false })
    expect(found.kind === 'dry-run' && found.sample).toHaveLength(10)
    expect(await all()).toEqual([])
    expect(await entries()).toEqual([])
  })

  test('stops at a thousand and says that there are more', async () => {
    const { dryRun, put, calls } = createPart()
    for (let n = 0; n < 1_300; n++) put(`c${n}`, 'parked')
    expect(await dryRun({ ...asked, filter: { integration: MAAS } })).toMatchObject({
      count: 1_000,
      more: true,
    })
    expect(calls.filter((call) => call === 'search.find').length).toBeLessThanOrEqual(6)
  })
})

test.each(['dryRun', 'create'] as const)('%s refuses a filter that means everything', async (method) => {
  const part = createPart()
  expect(await part[method]({ ...asked, filter: {} })).toEqual({ kind: 'invalid', reason: 'empty' })
  expect(await part.all()).toEqual([])
})

test.each(['dryRun', 'create'] as const)(
  '%s refuses an integration that is not in the list',
  async (method) => {
    const part = createPart()
    const request = { ...asked, filter: { integration: 'dmirti' } }
    expect(await part[method](request)).toEqual({ kind: 'invalid', reason: 'unknown-integration' })
    expect(await part.all()).toEqual([])
  },
)

test('a redrive is in the audit log, with who and why, and knows by the stats what it has to do', async () => {
  const { create, put, entries, all, calls } = createPart()
  put('a', 'parked')
  put('b', 'rejected')
  put('c', 'delivered')
  const created = await create({ ...asked, filter: { integration: MAAS } })
  expect(created).toMatchObject({
    kind: 'created',
    redrive: { expected: 2, requestedBy: 'ana', reason: 'it is fixed' },
  })
  const [one] = await all()
  expect(await entries()).toEqual([
    {
      at: NOW,
      actor: 'ana',
      action: 'redrive.create',
      target: `${MAAS}/${one?.redrive.id}`,
      reason: 'it is fixed',
    },
  ])
  // Nothing is counted by looking at it: 100,000 rows would hold the process. One look is at the newest attempt.
  expect(calls.filter((call) => call === 'search.find')).toHaveLength(1)
})

describe('one delivery', () => {
  const one = { ...asked, integration: MAAS, centerId: 'a' }

  test('is sent again in whatever open state it is', async () => {
    const { createOne, put } = createPart()
    put('a', 'rejected')
    expect(await createOne(one)).toMatchObject({
      kind: 'created',
      redrive: { expected: 1, filter: { integration: MAAS, centerId: 'a' } },
      lanes: [{ integration: MAAS }],
    })
  })

  test.each([one, { ...one, integration: 'dmirti' }])(
    'that does not exist is not found: %j',
    async (request) => {
      expect(await createPart().createOne(request)).toEqual({ kind: 'not-found' })
    },
  )

  test('that is delivered is refused, unless forced', async () => {
    const { createOne, put } = createPart()
    put('a', 'delivered')
    expect(await createOne(one)).toEqual({ kind: 'delivered' })
    expect(await createOne({ ...one, force: true })).toMatchObject({ kind: 'created' })
  })

  test('asked for twice at the same time belongs to the first', async () => {
    const { createOne, put } = createPart()
    put('a', 'parked')
    const results = await Promise.all([createOne(one), createOne(one)])
    expect(results.map(({ kind }) => kind)).toEqual(['created', 'in-redrive'])
  })

  test('that a wider redrive is sending belongs to that one', async () => {
    const { create, createOne, put, engine } = createPart()
    put('a', 'parked')
    const wide = await create({ ...asked, filter: { integration: MAAS } })
    const id = wide.kind === 'created' ? wide.redrive.id : ''
    const found = await engine.redrives.read(id)
    for (const { lane, revision } of found?.lanes ?? [])
      await engine.redrives.writeLane(id, { ...lane, sending: ['a'] }, revision)
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
    const { act, id, entries } = await begin()
    expect(await act(id, 'pause', 'bea')).toMatchObject({ kind: 'done', redrive: { state: 'paused' } })
    expect((await entries()).at(-1)).toMatchObject({
      actor: 'bea',
      action: 'redrive.pause',
      target: `${MAAS}/${id}`,
    })
  })

  test('again changes nothing and is not audited again', async () => {
    const { act, id, entries, writes } = await begin()
    await act(id, 'pause', 'bea')
    const before = writes()
    expect(await act(id, 'pause', 'bea')).toMatchObject({ kind: 'done', redrive: { state: 'paused' } })
    expect(await entries()).toHaveLength(2)
    expect(writes()).toBe(before)
  })

  test('comes too late after its end', async () => {
    const { act, id } = await begin()
    await act(id, 'cancel', 'bea')
    expect(await act(id, 'resume', 'bea')).toEqual({ kind: 'ended' })
    expect(await act('nobody', 'resume', 'bea')).toEqual({ kind: 'not-found' })
  })

  test('wins over a lane that is written at the same time, and takes nothing from it', async () => {
    const { act, id, engine, all } = await begin()
    const { redrives } = engine
    const lanes = (await redrives.read(id))?.lanes ?? []
    const write = (lane: RedriveLane, revision: string) =>
      redrives.writeLane(id, { ...lane, delivered: 1 }, revision)
    await Promise.all([act(id, 'cancel', 'bea'), ...lanes.map(({ lane, revision }) => write(lane, revision))])
    const [one] = await all()
    expect(one?.redrive.state satisfies Redrive['state'] | undefined).toBe('cancelled')
    expect(one?.lanes[0]?.delivered).toBe(1)
  })
})
