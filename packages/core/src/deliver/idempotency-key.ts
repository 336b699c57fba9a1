import { canonicalJson, type DistributionCenterEvent } from '@mensageria/contracts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import type { Ids } from '../ports/index.ts'

const DIGEST_LENGTH = 12

/**
 * The key of every write for one center, version and integration. The digest of the data keeps lives of a database apart: one
 * that was wiped or restored counts versions anew, and must not get the answer to what the system was once sent. A redrive by
 * a person of a closed row has a key of its own.
 */
export const idempotencyKeyOf = (
  { centerId, version, integration, redrives }: DeliveryRow,
  { data }: Pick<DistributionCenterEvent, 'data'>,
  { digest }: Pick<Ids, 'digest'>,
): string => {
  const content = digest(canonicalJson(data)).slice(0, DIGEST_LENGTH)
  return `${centerId}:${version}:${integration}:${content}${redrives > 0 ? `:r${redrives}` : ''}`
}
