import { z } from 'zod'
import type { Texts } from '../language/language.ts'
import { fail, ok, warn, type Finding } from './finding.ts'

/** What Pub/Sub says of a subscription, as far as it is looked at. */
export const Subscription = z.looseObject({
  name: z.string(),
  topic: z.string().optional(),
  pushConfig: z.looseObject({ pushEndpoint: z.string().optional() }).optional(),
  retryPolicy: z.looseObject({}).optional(),
  deadLetterPolicy: z.looseObject({ deadLetterTopic: z.string() }).optional(),
  expirationPolicy: z.looseObject({ ttl: z.string().optional() }).optional(),
})
export type Subscription = z.output<typeof Subscription>

export const DEAD_LETTERS = 'distribution-center-events-dead-letter'
// What Pub/Sub names in the place of a topic that was deleted; a new topic of the same name is not it.
const DELETED_TOPIC = '_deleted-topic_'

const faultsOf = (found: Subscription, isDeadLetters: boolean, texts: Texts['doctor']): string[] => [
  ...([found.topic, found.deadLetterPolicy?.deadLetterTopic].includes(DELETED_TOPIC) ? [texts.noTopic] : []),
  ...((found.pushConfig?.pushEndpoint ?? '') === '' ? [texts.noPush] : []),
  ...(isDeadLetters || found.deadLetterPolicy ? [] : [texts.noDeadLetters]),
  ...(found.retryPolicy ? [] : [texts.noRetry]),
]

const shortName = (name: string): string => name.split('/').at(-1) ?? name

/** Compares the subscriptions that there are with those that the list of integrations asks for. */
export const checkSubscriptions = (
  integrations: readonly string[],
  subscriptions: readonly Subscription[],
  texts: Texts['doctor'],
): Finding[] => {
  const byName = new Map(subscriptions.map((one) => [shortName(one.name), one]))
  return [...integrations, DEAD_LETTERS].map((name) => {
    const what = texts.subscription(name)
    const found = byName.get(name)
    if (!found) return fail(what, texts.noSubscription)
    const faults = faultsOf(found, name === DEAD_LETTERS, texts)
    if (faults.length > 0) return fail(what, faults.join('; '))
    // Without a policy Pub/Sub deletes what is idle for 31 days.
    const expires = found.expirationPolicy?.ttl !== undefined || found.expirationPolicy === undefined
    return expires ? warn(what, texts.expires) : ok(what, texts.subscriptionRight)
  })
}
