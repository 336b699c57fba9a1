import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

/** How often what goes wrong; all of it ends when the world is healed. */
export type FaultRates = {
  /** A worker dies at this step: before or after what it asked for was done. */
  crash: number
  /** A store answers with an error; half of these were carried out all the same. */
  storeError: number
  /** The broker takes a message and loses it. */
  lost: number
  /** A message comes twice. */
  duplicate: number
  /** Publishing fails, or its answer does. */
  publishError: number
}

export const NO_FAULTS: FaultRates = { crash: 0, storeError: 0, lost: 0, duplicate: 0, publishError: 0 }

/** Rates of one run: each kind is off in some runs, so that none hides behind another. */
export const drawRates = (random: Random): FaultRates => {
  const rate = (max: number) => (random.chance(0.3) ? 0 : random.next() * max)
  return {
    crash: rate(0.05),
    storeError: rate(0.1),
    lost: rate(0.2),
    duplicate: rate(0.3),
    publishError: rate(0.3),
  }
}

const forEver = <T>() => new Promise<T>(() => {})

/** One run of a worker: what it awaits after its death never comes. */
export type Run = { step<T>(work: () => T): Promise<T>; isDead(): boolean; die(): void }

/** Makes runs. Each step takes a moment, may fail before or after its effect, and may be the run's last. */
export const createRuns = (scheduler: Scheduler, random: Random, rates: () => FaultRates) => (): Run => {
  let dead = false
  return {
    isDead: () => dead,
    die: () => {
      dead = true
    },
    step: async (work) => {
      if (dead) return forEver()
      await scheduler.delay(random.between(1, 20))
      const { crash, storeError } = rates()
      const crashes = random.chance(crash)
      const fails = random.chance(storeError)
      const isDone = random.chance(0.5)
      if (!crashes && !fails) return work()
      if (isDone) work()
      if (crashes) {
        dead = true
        return forEver()
      }
      throw new Error('The store did not answer')
    },
  }
}
