import type { Env } from './env.ts'
import { nearestName } from './nearest-name.ts'

/** A variable that no process of ours reads, and the one that is meant by it. */
export type UnknownVariable = { name: string; meant: string }

// What any process of ours reads, whatever it is: one environment file may serve them all.
const OF_ANY_PROCESS = [
  'ALLOWED_HOSTS',
  'API_AUDIENCE',
  'API_AUTH',
  'API_IAP_AUDIENCE',
  'API_ROLES',
  'DATA_DIR',
  'FIRESTORE_DATABASE',
  'GOOGLE_CLOUD_PROJECT',
  'HOST',
  'INTEGRATIONS_FILE',
  'INTEGRATION_TARGETS',
  'LOG_LEVEL',
  'MAX_DELIVERY_ATTEMPTS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'PORT',
  'PUSH_AUDIENCE',
  'PUSH_SERVICE_ACCOUNT',
  'PUSH_SIGNATURE',
  'RATE_LIMIT',
  'RECOVERY_MAX_INTERVAL',
  'RECOVERY_MIN_INTERVAL',
  'RETIRE_AFTER',
  'RETRY_MAX_BACKOFF',
  'RETRY_MIN_BACKOFF',
  'SIMULATE',
  'STATS_INTERVAL',
  'SWEEPER_SERVICE_ACCOUNT',
  'SWEEP_BUDGET',
  'SWEEP_INTERVAL',
  'TRUSTED_PROXIES',
]

const sortedWords = (name: string): string => name.toUpperCase().split('_').toSorted().join('_')

const meantBy = (name: string, known: readonly string[]): string | undefined =>
  nearestName(name, known) ?? known.find((other) => sortedWords(other) === sortedWords(name))

/**
 * The variables that look like one of ours and are not read, each with the one that is meant: a slip of the keyboard would
 * otherwise leave a default in force and say nothing. `read` are the variables of this process that only it has.
 */
export const findUnknownVariables = (env: Env, read: readonly string[] = []): UnknownVariable[] => {
  const known = [...new Set([...OF_ANY_PROCESS, ...read])]
  const isKnown = new Set(known)
  return Object.keys(env)
    .filter((name) => !isKnown.has(name))
    .flatMap((name) => {
      const meant = meantBy(name, known)
      return meant === undefined ? [] : [{ name, meant }]
    })
}
