import type { DeliveryRow } from '../model/delivery-row.ts'
import { withoutSimulator } from '../model/simulated.ts'
import { TEXT_MAX } from '../model/stored-text.ts'
import { HIDDEN } from './conceal.ts'

const GARBLED = '\uFFFD'

/**
 * The id under which the system has the center, as its last success said, whatever the version. None where the ledger has
 * another text than the system gave, because it hides a part or cuts it; and none that a simulator gave, for a real system.
 */
export const knownIdOf = (row: DeliveryRow, simulated: boolean | undefined): string | undefined => {
  const { externalId } = simulated ? row : withoutSimulator(row)
  if (externalId === undefined || externalId.length >= TEXT_MAX) return undefined
  return externalId.includes(HIDDEN) || externalId.includes(GARBLED) ? undefined : externalId
}
