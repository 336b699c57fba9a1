import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../simulation/random.ts'
import { SYSTEMS } from '../support/system.ts'
import type { LoadLog } from './load.ts'
import type { PlannedFault } from './plan-faults.ts'
import type { World } from './world.ts'

/** A fault that was put in and ended; `recoveredMs` is how long after its end the part was seen at work again. */
export type DoneFault = { kind: string; target: string; lastedMs: number; recoveredMs: number | undefined }

type Options = {
  world: World
  load: LoadLog
  random: Random
  planned: readonly PlannedFault[]
  say: (text: string) => void
}

const LOOK_MS = 50

// What grows while the part works: effects of a system whose name is in the target, accepted requests for all else that they
// need. Nothing for a sweeper or the dead letters, which may have nothing to do.
const progressOf = (target: string, { simulator }: World, load: LoadLog): (() => number) | undefined => {
  const system = SYSTEMS.find((name) => target.includes(name))
  if (system) return () => simulator.effects(system).length
  if (target.endsWith('proxy'))
    return () => SYSTEMS.reduce((sum, name) => sum + simulator.effects(name).length, 0)
  if (target.startsWith('sweeper') || target.includes('dead-letter')) return undefined
  return () => load.acceptedAt.size
}

/**
 * Puts the planned faults in and takes them out, several at once, until the last has ended. Resolves with what was done, and
 * with what was seen to be wrong on the way.
 */
export const runNemesis = async ({ world, load, random, planned, say }: Options) => {
  const startedAt = performance.now()
  const now = () => performance.now() - startedAt
  const done: DoneFault[] = []
  const wrong: string[] = []
  const watching = new AbortController()

  const watch = async (fault: DoneFault) => {
    const progress = progressOf(fault.target, world, load)
    if (!progress) return
    const from = now()
    const before = progress()
    while (progress() === before) {
      if (watching.signal.aborted) return
      await sleep(LOOK_MS)
    }
    fault.recoveredMs = Math.round(now() - from)
  }

  const runOne = async ({ kind, target, fromMs, untilMs }: PlannedFault): Promise<DoneFault> => {
    say(`${(now() / 1000).toFixed(0).padStart(4)} s  ${kind.kind}: ${target}`)
    const beganAt = now()
    const end = await kind.begin(world, target, random)
    await sleep(Math.max(0, untilMs - fromMs - (now() - beganAt)))
    const complaint = await end()
    if (complaint !== undefined) wrong.push(complaint)
    const fault = { kind: kind.kind, target, lastedMs: Math.round(now() - beganAt), recoveredMs: undefined }
    done.push(fault)
    return fault
  }

  // A process needs a while to start: the next fault of one place begins when the last one there has ended.
  const last = new Map<string, Promise<unknown>>()
  const runs = planned.map(async (fault) => {
    const { kind, target, fromMs } = fault
    const before = last.get(target)
    const run = sleep(fromMs)
      .then(() => before)
      .then(() => runOne(fault))
      .catch((error: unknown) => {
        wrong.push(`${kind.kind}: ${target}: ${error instanceof Error ? error.message : String(error)}`)
        return undefined
      })
    last.set(target, run)
    const ended = await run
    if (ended) await watch(ended)
  })
  const untilMs = Math.max(0, ...planned.map((fault) => fault.untilMs))
  await sleep(Math.max(0, untilMs - now()))
  // The last faults get a while to be seen recovering.
  await Promise.race([Promise.all(runs), sleep(30_000, undefined, { ref: false })])
  watching.abort()
  await Promise.all(runs)
  return { done, wrong }
}
