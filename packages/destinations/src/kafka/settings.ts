import { defined, variablesOf, type TargetOf } from '@mensageria/contracts'
import {
  ConfigError,
  isLoopback,
  loadConfig,
  loadTlsFiles,
  type Env,
  type TlsFiles,
} from '@mensageria/runtime'
import { z } from 'zod'
import type { DestinationRow } from '../define-destination.ts'

export type KafkaSettings = {
  brokers: readonly string[]
  topic: string
  sasl?: { mechanism: Mechanism; username: string; password: string }
  /** TLS with these files; without TLS unless given. */
  tls?: TlsFiles
}

const MECHANISMS = {
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
} as const
type Mechanism = (typeof MECHANISMS)[keyof typeof MECHANISMS]

/** The host of `host:port`, without the brackets of an IPv6 address. */
export const hostOf = (broker: string): string =>
  broker.slice(0, broker.lastIndexOf(':')).replaceAll(/[[\]]/g, '')

const saslOf = (name: string, { sasl }: TargetOf<'kafka'>, env: Env): KafkaSettings['sasl'] => {
  const { username, password } = variablesOf(name)
  if (sasl === undefined) {
    const set = [username, password].find((variable) => env[variable] !== undefined)
    if (set === undefined) return undefined
    throw new ConfigError(`row "${name}": ${set} is set, but target.sasl does not say how to sign in`)
  }
  const schema = z.object({
    [username]: z.string().describe('the user of the cluster'),
    [password]: z.string().describe('the password of that user'),
  })
  const values = loadConfig(schema, env)
  return { mechanism: MECHANISMS[sasl], username: values[username] ?? '', password: values[password] ?? '' }
}

// SCRAM shows no password; PLAIN is one.
const refuseReadable = (name: string, { sasl, tls, brokers }: TargetOf<'kafka'>): void => {
  if (sasl !== 'plain' || tls) return
  const beyond = brokers.find((broker) => !isLoopback(hostOf(broker)))
  if (beyond === undefined) return
  throw new ConfigError(
    `row "${name}": with sasl plain ${beyond} would get the password without TLS: set target.tls to true`,
  )
}

const tlsOf = (name: string, { tls }: TargetOf<'kafka'>, env: Env): TlsFiles | undefined => {
  if (tls) return loadTlsFiles(name, env)
  const { caFile, certFile, keyFile } = variablesOf(name)
  const set = [caFile, certFile, keyFile].find((variable) => env[variable] !== undefined)
  if (set === undefined) return undefined
  throw new ConfigError(`row "${name}": ${set} is set, but target.tls is not true`)
}

/**
 * Brokers and topic of the row, with NAME_USERNAME and NAME_PASSWORD where it signs in, and the files of NAME_CA_FILE,
 * NAME_CERT_FILE and NAME_KEY_FILE where it speaks TLS. Throws `ConfigError`.
 */
export const loadSettings = ({ name, target }: DestinationRow<'kafka'>, env: Env): KafkaSettings => {
  refuseReadable(name, target)
  const { brokers, topic } = target
  return { brokers, topic, ...defined({ sasl: saslOf(name, target, env), tls: tlsOf(name, target, env) }) }
}
