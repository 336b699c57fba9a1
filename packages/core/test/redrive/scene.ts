import type { ShownState } from '../../src/model/delivery-filter.ts'
import type { Redrive, RedriveRequest, RedriveWithLanes } from '../../src/model/redrive.ts'
import { createRateBudgets } from '../../src/recovery/rate-budget.ts'
import { createDeliver } from '../../src/deliver/deliver.ts'
import type { DeliveryTrigger } from '../../src/model/delivery-row.ts'
import type { Outcome } from '../../src/deliver/outcome.ts'
import { newRedrive } from '../../src/redrive/decide.ts'
import { progressOf } from '../../src/redrive/transitions.ts'
import { createRunRedrives } from '../../src/redrive/runner.ts'
import { createTestClock, createTestIds, NOW, rowIn, SETTINGS } from '../../src/testing/samples.ts'
import { createTestEngine } from '../support.ts'

export const MAAS = SETTINGS.name
const DELIVERED: Outcome = { kind: 'delivered' }

/** `count` centers whose rows at maas are as given, and a system that answers as `answer` says. */
export const createScene = (count: number, state: ShownState = 'parked') => {
  const clock = createTestClock()
  const { engine, calls, put, putCenter, rowOf } = createTestEngine({ clock })
  const { redrives, states, ledger } = engine
  const called: { centerId: string; trigger: DeliveryTrigger; at: number }[] = []
  const sent: number[] = []
  const scene = {
    answer: (_centerId: string): Outcome => DELIVERED,
    beforeCall: async () => {},
    dies: false,
    /** The integration does not know of a resume yet. */
    stillHolds: false,
  }
  const centerIds = Array.from({ length: count }, (_, index) => `c${index}`)
  for (const centerId of centerIds) {
    putCenter(centerId)
    if (state !== 'waiting') put({ ...rowIn(state, { dueAt: NOW + 9e6, lastAttemptAt: NOW - 1 }), centerId })
  }
  const deliver = createDeliver({
    settings: SETTINGS,
    ledger,
    clock,
    ids: createTestIds(),
    isPaused: async () => scene.stillHolds || (await states.read(MAAS))?.paused !== undefined,
    onAttempt: () => {},
    call: async (event) => {
      await scene.beforeCall()
      return scene.answer(event.subject)
    },
  })
  const budgets = createRateBudgets(clock)
  const build = () => {
    const run = createRunRedrives({
      ...engine,
      redrives: {
        ...redrives,
        writeLane: (id, lane, expected) => {
          if (lane.sending.length > 0) sent.push(lane.sending.length)
          return redrives.writeLane(id, lane, expected)
        },
      },
      clock,
      ids: createTestIds(),
      budgets,
      integrations: [SETTINGS],
      onProgress: () => {},
      handOver: async (_name, event, trigger) => {
        if (scene.dies) throw new Error('the process dies')
        called.push({ centerId: event.subject, trigger, at: clock.now() })
        return deliver(event, trigger, new AbortController().signal)
      },
    })
    return (deadline: number, gone: readonly string[] = []) => run(deadline, new Set(gone))
  }
  const ask = async (
    id: string,
    overrides: Partial<RedriveRequest> & { states?: readonly ShownState[]; expected?: number } = {},
  ) => {
    const { states: wanted = ['parked', 'rejected'], expected = count, ...rest } = overrides
    const request = {
      reason: 'it is fixed',
      requestedBy: 'ana',
      force: false,
      ...rest,
      filter: { integration: MAAS, states: wanted },
    }
    const created = newRedrive(request, { id, now: clock.now(), expected, integrations: [MAAS] })
    await redrives.create(created.redrive, created.lanes)
  }
  const one = async (id: string): Promise<RedriveWithLanes> => {
    const found = await redrives.read(id)
    if (!found) throw new Error('There is no such redrive')
    return { redrive: found.redrive, lanes: found.lanes.map(({ lane }) => lane) }
  }
  /** State and numbers of a redrive. */
  const shown = async (id: string) => {
    const { redrive, lanes } = await one(id)
    return { state: redrive.state, ...progressOf(redrive, lanes) }
  }
  const changeTo = async (id: string, to: Redrive['state']) => {
    const found = await redrives.read(id)
    if (found) await redrives.write({ ...found.redrive, state: to, open: true }, found.revision)
  }
  const stateOf = (centerId: string) => rowOf({ integration: MAAS, centerId })?.state
  return {
    scene,
    clock,
    engine,
    calls,
    put,
    rowOf,
    states,
    called,
    sent,
    centerIds,
    run: build(),
    build,
    budgets,
    ask,
    one,
    shown,
    changeTo,
    stateOf,
  }
}
