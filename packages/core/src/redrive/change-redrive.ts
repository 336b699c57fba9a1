import type { Redrive } from '../model/redrive.ts'
import type { RedriveStore } from '../ports/index.ts'

// Lanes of one redrive and the people who stop it write the same document: whoever loses reads it again.
const CONFLICT_RETRIES_MAX = 50

/**
 * Changes a redrive whatever is written to it at the same time; `apply` may be called more than once. Resolves with what
 * was written, or undefined where there is none.
 */
export const changeRedrive = async (
  redrives: Pick<RedriveStore, 'read' | 'update'>,
  id: string,
  apply: (redrive: Redrive) => Redrive,
): Promise<Redrive | undefined> => {
  for (let turn = 0; turn < CONFLICT_RETRIES_MAX; turn++) {
    const found = await redrives.read(id)
    if (!found) return undefined
    const changed = apply(found.redrive)
    if (changed === found.redrive) return changed
    if ((await redrives.update(changed, found.revision)) !== undefined) return changed
  }
  throw new Error(`The redrive ${id} is written by too many at once`)
}
