import type { DestinationRow } from '../define-destination.ts'

export type SnsSettings = { topicArn: string; region: string; endpoint: string | undefined }

/** The topic of the row, with the region that its ARN says. No variable is read: credentials come by the SDK's own chain. */
export const loadSettings = ({ target }: DestinationRow<'sns'>): SnsSettings => {
  const { topic_arn: topicArn, endpoint } = target
  return { topicArn, region: topicArn.split(':')[3] ?? '', endpoint }
}
