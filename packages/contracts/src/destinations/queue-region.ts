const REGION = String.raw`[a-z]{2,6}(?:-[a-z]+)+-\d{1,2}`
// sqs.sa-east-1.amazonaws.com, sqs-fips.us-gov-west-1.amazonaws.com, vpce-1.sqs.sa-east-1.vpce.amazonaws.com, sqs.sa-east-1.api.aws
const NOW = new RegExp(String.raw`(?:^|\.)sqs(?:-fips)?\.(${REGION})\.`)
// cn-north-1.queue.amazonaws.com.cn; the oldest form has no region, and means the first one there was.
const FORMER = new RegExp(String.raw`^(${REGION})\.queue\.amazonaws\.com(?:\.cn)?$`)
const OLDEST = 'queue.amazonaws.com'

const hostOf = (queueUrl: string): string => URL.parse(queueUrl)?.hostname ?? ''

/** Whether the address of a queue has the form that Amazon gave out in the first years. */
export const isFormerQueueUrl = (queueUrl: string): boolean => {
  const host = hostOf(queueUrl)
  return host === OLDEST || FORMER.test(host)
}

/** The region that the address of a queue says, in every form that there has been; undefined where it says none. */
export const queueRegionOf = (queueUrl: string): string | undefined => {
  const host = hostOf(queueUrl)
  return host === OLDEST ? 'us-east-1' : (NOW.exec(host) ?? FORMER.exec(host))?.[1]
}
