import { decidePark } from './decide-park.ts'
import type { RowKey } from '../model/delivery-row.ts'
import type { Clock, Ids, Ledger } from '../ports/index.ts'

/**
 * Takes over what the broker gave up: resolves with true when the ledger answers for this version (the dead letter may be
 * acknowledged), false when it must come again because somebody is calling right now or the row changed meanwhile.
 */
export const createPark =
  ({ ledger, clock, ids }: { ledger: Ledger; clock: Clock; ids: Ids }) =>
  async (key: RowKey, version: number): Promise<boolean> => {
    const found = await ledger.read(key)
    const decided = decidePark(found, { ...key, version }, { now: clock.now(), token: ids.next() })
    switch (decided.decision) {
      case 'done':
        return true
      case 'wait':
        return false
      case 'park': {
        const revision = found
          ? await ledger.replace(decided.row, found.revision)
          : await ledger.create(decided.row)
        return revision !== undefined
      }
      default:
        return decided satisfies never
    }
  }

export type Park = ReturnType<typeof createPark>
