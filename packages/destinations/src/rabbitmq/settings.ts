import { variablesOf } from '@mensageria/contracts'
import { ConfigError, loadConfig, loadTlsFiles, type Env, type TlsFiles } from '@mensageria/runtime'
import { z } from 'zod'
import type { DestinationRow } from '../define-destination.ts'

export type RabbitmqSettings = {
  name: string
  hostname: string
  port: number
  vhost: string
  username: string
  password: string
  /** Undefined where the connection has no TLS. */
  tls: TlsFiles | undefined
  exchange: string
  routingKey: string
}

// AMQP counts the bytes of a short string, and the row its characters.
const SHORT_MAX = 255
const LONGEST_TYPE = 'registered'

const PORTS = { 'amqp:': 5672, 'amqps:': 5671 }

const text = (what: string) => z.string().min(1, { error: 'Must not be empty' }).describe(what)

const vhostOf = (name: string, { pathname }: URL): string => {
  try {
    return decodeURIComponent(pathname.slice(1)) || '/'
  } catch (cause) {
    throw new ConfigError(
      `row "${name}": target.url has a virtual host that cannot be read: the form of "a/b" is amqps://rabbit.example/a%2Fb`,
      { cause },
    )
  }
}

const requireShort = (name: string, field: string, value: string): void => {
  if (Buffer.byteLength(value) > SHORT_MAX)
    throw new ConfigError(`row "${name}": target.${field} must have ${SHORT_MAX} bytes at most`)
}

/** The routing key of one message: `{type}` is `registered` or `updated`. */
export const routingKeyOf = (routingKey: string, type: string): string =>
  routingKey.replaceAll('{type}', type)

/** Address, exchange and routing key of the row; NAME_USERNAME, NAME_PASSWORD and the PEM files. Throws `ConfigError`. */
export const loadSettings = (
  { name, target: { url, exchange, routing_key: routingKey } }: DestinationRow<'rabbitmq'>,
  env: Env,
): RabbitmqSettings => {
  const variables = variablesOf(name)
  const values = loadConfig(
    z.object({
      [variables.username]: text('the user that may write to the exchange'),
      [variables.password]: text('the password of that user'),
    }),
    env,
  )
  const address = new URL(url)
  const secure = address.protocol === 'amqps:'
  requireShort(name, 'exchange', exchange)
  requireShort(name, 'routing_key', routingKeyOf(routingKey, LONGEST_TYPE))
  return {
    name,
    // An address of IPv6 has brackets in a URL, and none for a socket.
    hostname: address.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(address.port) || PORTS[secure ? 'amqps:' : 'amqp:'],
    vhost: vhostOf(name, address),
    username: values[variables.username] ?? '',
    password: values[variables.password] ?? '',
    tls: secure ? loadTlsFiles(name, env) : undefined,
    exchange,
    routingKey,
  }
}
