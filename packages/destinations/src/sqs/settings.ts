import { isFormerQueueUrl, queueRegionOf } from '@mensageria/contracts'
import type { DestinationRow } from '../define-destination.ts'

export type SqsSettings = { queueUrl: string; region: string; endpoint: string | undefined }

// Where the SDK finds the service by its region, it knows more than the address (FIPS, dual stack). An address of the first years
// names its queue for ever, but its host is no way to the service any more.
const isFoundByRegion = (queueUrl: string, region: string): boolean =>
  isFormerQueueUrl(queueUrl) ||
  [`sqs.${region}.amazonaws.com`, `sqs.${region}.amazonaws.com.cn`].includes(new URL(queueUrl).host)

/**
 * The queue of the row, with the region that its address says. Its service is where that address is, unless the row says another.
 * No variable is read: credentials come by the SDK's own chain.
 */
export const loadSettings = ({ target }: DestinationRow<'sqs'>): SqsSettings => {
  const { queue_url: queueUrl, endpoint } = target
  const region = target.region ?? queueRegionOf(queueUrl) ?? ''
  const own = isFoundByRegion(queueUrl, region) ? undefined : new URL(queueUrl).origin
  return { queueUrl, region, endpoint: endpoint ?? own }
}
