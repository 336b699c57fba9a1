/** The causes of destinations, as people have to act on them. */
export type BrokerCause =
  | 'unroutable'
  | 'no-target'
  | 'no-access'
  | 'sign-in'
  | 'no-token'
  | 'throttled'
  | 'busy'
  | 'wrong-service'
  | 'clock'
  | 'proxy'
  | 'bad-request'
  | 'broker-error'

// Brokers and clouds have a hundred codes of their own, and new releases have more: their words tell what they are about. The
// first that fits counts.
const BY_WORD: readonly [RegExp, BrokerCause][] = [
  [/^unroutable$/, 'unroutable'],
  [/^proxy-/, 'proxy'],
  [/clock-skew|time-too-skewed/, 'clock'],
  [/thrott|quota|exhausted|slow-down|over-limit|too-many/, 'throttled'],
  [/not-found|does-not-exist|non-existent|unknown-topic-or|invalid-topic|^endpoint$/, 'no-target'],
  [/access|authorization|permission|forbidden|not-allowed/, 'no-access'],
  [/credential|token|sasl|signature|unauthenticated|unrecognized-client|security/, 'sign-in'],
  [/^not-amqp$|^no-pubsub$/, 'wrong-service'],
  [/leader|replica|broker|coordinator|blocked|^nack$|unavailable|no-connection/, 'busy'],
  [/invalid|failed-precondition|precondition-failed|policy|unsupported/, 'bad-request'],
  [/^grpc-|internal|server-error|sequence-number|producer/, 'broker-error'],
]

/** Finds what a cause of a destination is about; undefined for one that no word of it tells. */
export const brokerCause = (cause: string, kind: string): BrokerCause | undefined => {
  const found = BY_WORD.find(([words]) => words.test(cause))?.[1]
  // A service that gives tokens can be away as well: that passes by itself.
  return found === 'sign-in' && kind !== 'misconfigured' ? 'no-token' : found
}
