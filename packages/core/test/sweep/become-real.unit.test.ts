import { composeSweeper } from '../../src/compose.ts'
import type { Engine } from '../../src/engine.ts'
import { waitingForReal } from '../../src/model/simulated.ts'
import type { SweepNotice } from '../../src/sweep/sweep-notice.ts'
import { createTestClock, createTestIds, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestEngine } from '../support.ts'

const { name } = SETTINGS
const MARK = { simulated: { deliveredVersion: 0 } }
const STATES = ['delivered', 'rejected', 'parked'] as const

/** A store after a trial: one row of each state that a simulator settles, one that a real system took, and no sweep to come. */
const afterTrial = async (since = 0) => {
  const clock = createTestClock()
  const { engine, put, putCenter, rowOf, calls, faults } = createTestEngine({
    integrations: [SETTINGS],
    clock,
  })
  for (const state of STATES) {
    putCenter(state)
    put({ ...rowIn(state, { dueAt: Number.MAX_SAFE_INTEGER }), ...MARK, centerId: state })
  }
  putCenter('real')
  put({ ...rowIn('delivered'), centerId: 'real' })
  await engine.states.write(name, 'membership', { unsettledAt: 0, backfilledSince: since })
  const observed: SweepNotice[] = []
  const sent: string[] = []
  /** A process of its own: what it remembers ends with it. */
  const createSweep = (simulated: boolean, of: Engine = engine) =>
    composeSweeper(of, {
      integrations: [{ ...SETTINGS, ...(since === 0 ? {} : { since }), ...(simulated ? { simulated } : {}) }],
      publisher: { publish: async () => {} },
      handOver: async (_, event, trigger) => {
        const key = { integration: name, centerId: event.subject }
        const found = await engine.ledger.read(key)
        if (!found || trigger.kind !== 'redrive') return { ack: false, result: 'held' }
        sent.push(event.subject)
        const { dueAt: _due, ...row } = { dueAt: 0, ...found.row }
        const delivered = { ...row, state: 'delivered' as const, deliveredVersion: row.version }
        await engine.ledger.replace(delivered, found.revision)
        return { ack: true, result: 'delivered' }
      },
      maintenance: { intervalMs: 60_000, settleMs: 0, retireAfterMs: 60_000 },
      observe: (notice) => observed.push(notice),
      clock,
      ids: createTestIds(),
    })
  const shown = () => STATES.map((centerId) => rowOf({ integration: name, centerId })?.state)
  const redrives = async () =>
    (await engine.redrives.list({ pageSize: 10 })).items.map(({ redrive }) => redrive)
  return { clock, engine, put, rowOf, calls, faults, observed, sent, createSweep, shown, redrives }
}

const sweepUntil = async (world: Awaited<ReturnType<typeof afterTrial>>, isDone: () => boolean) => {
  const sweep = world.createSweep(false)
  for (let n = 0; n < 20 && !isDone(); n++) {
    await sweep(5_000)
    world.clock.advance(1_000)
  }
}

test.each([
  ['without a since', 0],
  ['with one', 1],
])(
  'defect 6: what a simulator took is brought to the real system %s, as a redrive by the system',
  async (_, since) => {
    const world = await afterTrial(since)
    await sweepUntil(world, () => world.sent.length === STATES.length)
    expect(world.shown()).toEqual(['delivered', 'delivered', 'delivered'])
    expect(world.sent.toSorted()).toEqual([...STATES].toSorted())
    expect(await world.redrives()).toMatchObject([
      {
        requestedBy: 'system',
        reason: 'A real system takes the place of the simulator: brings every owed center that waits',
        filter: { integration: name, states: ['waiting'] },
      },
    ])
    expect(world.observed).toContainEqual({ notice: 'integration.real', integration: name, rows: 3 })
    const { items } = await world.engine.audit.list({ pageSize: 10 })
    const actions = items.map(({ action }) => action).filter((action) => action !== 'center.register')
    expect(actions.toSorted()).toEqual(['integration.real', 'redrive.create'])
  },
)

test('defect 6: under a simulator everything stays as it is', async () => {
  const world = await afterTrial()
  await world.createSweep(true)(5_000)
  expect(world.shown()).toEqual([...STATES])
  expect(await world.redrives()).toEqual([])
})

test('defect 6: a store that knows no simulator is asked once a process', async () => {
  const world = await afterTrial()
  for (const centerId of STATES) {
    const row = world.rowOf({ integration: name, centerId })
    if (row) world.put(waitingForReal(row, 'x'))
  }
  const sweep = world.createSweep(false)
  await sweep(5_000)
  await sweep(5_000)
  expect(world.calls.filter((call) => call === 'ledger.simulated')).toHaveLength(1)
})

/** The engine as a process has it that dies at its n-th write. */
const dyingAt = (at: number, { states, audit, ledger, redrives, ...engine }: Engine): Engine => {
  let writes = 0
  const step = () => {
    writes += 1
    if (writes >= at) throw new Error('killed')
  }
  return {
    ...engine,
    states: {
      ...states,
      write: async (...args) => {
        step()
        return states.write(...args)
      },
    },
    audit: {
      ...audit,
      append: async (...args) => {
        step()
        return audit.append(...args)
      },
    },
    ledger: {
      ...ledger,
      replace: async (...args) => {
        step()
        return ledger.replace(...args)
      },
    },
    redrives: {
      ...redrives,
      create: async (...args) => {
        step()
        return redrives.create(...args)
      },
    },
  }
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'defect 6: a process that dies at write %i leaves nothing behind',
  async (at) => {
    const world = await afterTrial()
    const dying = world.createSweep(false, dyingAt(at, world.engine))
    for (let n = 0; n < 3; n++) await dying(5_000).catch(() => undefined)
    await sweepUntil(
      world,
      () => world.shown().every((state) => state === 'delivered') && world.sent.length >= 3,
    )
    expect(world.shown()).toEqual(['delivered', 'delivered', 'delivered'])
    expect(world.sent.toSorted()).toEqual([...STATES].toSorted())
    expect(await world.engine.ledger.simulated(name, 10)).toEqual([])
  },
)
