import type { IntegrationSettings } from '@mensageria/core'
import type { Random } from './random.ts'
import type { World } from './world.ts'

const MINUTE = 60_000

/** How the list of integrations changes in a run; `none` in most. */
export type ListChange = 'none' | 'new' | 'dated' | 'removed' | 'earlier' | 'there-and-back'

const CHANGES = ['new', 'dated', 'removed', 'earlier', 'there-and-back'] as const

/** One run in four changes its list; what stays the same hides nothing of the rest. */
export const drawListChange = (random: Random): ListChange =>
  random.chance(0.25) ? random.pick(CHANGES) : 'none'

const withSince = (
  list: readonly IntegrationSettings[],
  name: string,
  since: number,
): IntegrationSettings[] => list.map((one) => (one.name === name ? { ...one, since } : one))

/**
 * The life of an integration: it is new, with or without a time of its own; it is taken from the list and comes back, before
 * or after its rows are retired; its time moves earlier, or later and back. After each change the sweeper with the old list
 * goes on for a while, as it does in a deploy. Resolves the list with which the run begins.
 */
export const scheduleListChange = (world: World, change: ListChange, untilMs: number): void => {
  const { scheduler, random, all } = world
  const [last] = all.slice(-1)
  if (!last || change === 'none') return
  const { name } = last
  const without = all.filter((one) => one.name !== name)
  const now = () => scheduler.clock.now()
  const deploy = (at: number, list: () => readonly IntegrationSettings[]) => {
    scheduler.at(at, () => world.deploy(list(), random.chance(0.5) ? random.between(0, 90_000) : 0))
  }
  const half = random.between(0, untilMs)
  switch (change) {
    case 'new':
      world.deploy(without, 0)
      return deploy(half, () => all)
    case 'dated': {
      world.deploy(without, 0)
      // Some of what was accepted before the deploy is its own, some is not.
      const since = now() + random.between(0, half)
      return deploy(half, () => withSince(all, name, since))
    }
    case 'removed':
      deploy(half, () => without)
      // Before or after ten minutes, which a missing integration keeps its rows.
      return deploy(half + random.between(0, 25 * MINUTE), () => all)
    case 'earlier': {
      const since = now() + random.between(MINUTE, 2 * MINUTE)
      world.deploy(withSince(all, name, since), 0)
      return deploy(half, () => withSince(all, name, since - random.between(0, 2 * MINUTE)))
    }
    case 'there-and-back': {
      const later = now() + random.between(MINUTE, 2 * MINUTE)
      deploy(half, () => withSince(all, name, later))
      return deploy(half + random.between(MINUTE, 10 * MINUTE), () => all)
    }
    default:
      return change satisfies never
  }
}
