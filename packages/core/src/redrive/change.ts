import type { ReadRedrive, RedriveStore } from '../ports/index.ts'
import type { Redrive, RedriveLane } from '../model/redrive.ts'

// A header is written by people and by the end of a lane, a lane by the one or two processes that sweep.
const CONFLICT_RETRIES_MAX = 20

const tooMany = (id: string) => new Error(`The redrive ${id} is written by too many at once`)

/**
 * Changes the header whatever is written to it at the same time; `apply` may be called more than once, and must give the same
 * object back where nothing changes. Resolves with what is there then, or undefined where there is none.
 */
export const changeHeader = async (
  redrives: Pick<RedriveStore, 'read' | 'write'>,
  id: string,
  apply: (redrive: Redrive, lanes: readonly RedriveLane[]) => Redrive,
): Promise<ReadRedrive | undefined> => {
  for (let attempt = 0; attempt < CONFLICT_RETRIES_MAX; attempt++) {
    const found = await redrives.read(id)
    if (!found) return undefined
    const redrive = apply(
      found.redrive,
      found.lanes.map(({ lane }) => lane),
    )
    if (redrive === found.redrive) return found
    if ((await redrives.write(redrive, found.revision)) !== undefined) return { ...found, redrive }
  }
  throw tooMany(id)
}

/** The same for a lane. A write whose answer was lost is read again: `apply` then finds its own change and changes nothing. */
export const changeLane = async (
  redrives: Pick<RedriveStore, 'read' | 'writeLane'>,
  id: string,
  integration: string,
  apply: (lane: RedriveLane) => RedriveLane,
): Promise<void> => {
  for (let attempt = 0; attempt < CONFLICT_RETRIES_MAX; attempt++) {
    const found = (await redrives.read(id))?.lanes.find(({ lane }) => lane.integration === integration)
    if (!found) return
    const lane = apply(found.lane)
    if (lane === found.lane) return
    if ((await redrives.writeLane(id, lane, found.revision)) !== undefined) return
  }
  throw tooMany(id)
}
