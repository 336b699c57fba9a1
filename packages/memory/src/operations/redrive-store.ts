import type { RedriveLane, RedriveStore, RedriveWithLanes, Revision } from '@mensageria/core'
import type { Context } from '../context.ts'
import { pageOf } from '../pages.ts'
import { nextRevision, type RedriveEntry } from '../stored.ts'

const withLanes = ({ redrive, lanes }: RedriveEntry): RedriveWithLanes => ({
  redrive,
  lanes: lanes.map(({ lane }) => lane),
})

/** The redrive store port; a map keeps the order in which redrives were created. */
export const createRedriveStore = ({ stored, asks }: Context): RedriveStore => {
  const { redrives } = stored

  const writeLane = (id: string, lane: RedriveLane, expected: Revision): Revision | undefined => {
    const found = redrives.get(id)
    const before = found?.lanes.find((one) => one.lane.integration === lane.integration)
    if (!found || before?.revision !== expected) return undefined
    const revision = nextRevision(stored)
    const lanes = found.lanes.map((one) => (one === before ? { lane, revision } : one))
    redrives.set(id, { ...found, lanes })
    return revision
  }

  return {
    create: (redrive, lanes) =>
      asks.compareAndSet(
        'redrives.create',
        () => {
          if (redrives.has(redrive.id)) return undefined
          const revision = nextRevision(stored)
          redrives.set(redrive.id, {
            redrive,
            revision,
            lanes: lanes.map((lane) => ({ lane, revision: nextRevision(stored) })),
          })
          return revision
        },
        undefined,
      ),
    read: (id) => asks.run('redrives.read', () => redrives.get(id)),
    write: (redrive, expected) =>
      asks.compareAndSet(
        'redrives.write',
        () => {
          const found = redrives.get(redrive.id)
          if (found?.revision !== expected) return undefined
          const revision = nextRevision(stored)
          redrives.set(redrive.id, { ...found, redrive, revision })
          return revision
        },
        undefined,
      ),
    writeLane: (id, lane, expected) =>
      asks.compareAndSet('redrives.writeLane', () => writeLane(id, lane, expected), undefined),
    active: () =>
      asks.run('redrives.active', () =>
        [...redrives.values()].filter(({ redrive }) => redrive.open).map(withLanes),
      ),
    list: (page) =>
      asks.run('redrives.list', () =>
        pageOf(
          [...redrives.values()].map((entry, place) => ({ value: withLanes(entry), at: 0, place })),
          page,
        ),
      ),
  }
}
