import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import { readTlsFiles, type TlsFiles } from '@mensageria/runtime'
import { Connection } from 'rabbitmq-client'
import type { RabbitmqSettings } from './settings.ts'

const CONNECT_MS = 10_000
// The library gives a connection up after two of them without a word: 20 s, within one delivery.
const HEARTBEAT_S = 10

// Classified as an error of the handshake: the certificates are what a person has to look at.
const secureContextOf = (files: TlsFiles) => {
  try {
    return createSecureContext(readTlsFiles(files))
  } catch (cause) {
    throw Object.assign(new Error('A PEM file cannot be used', { cause }), { code: 'ERR_SSL_FILES' })
  }
}

// Brokers behind one address are told apart by SNI, which `tls.connect` leaves out unless told; an address of numbers has none
// (RFC 6066).
const tlsOptions = (hostname: string, files: TlsFiles) => ({
  secureContext: secureContextOf(files),
  ...(isIP(hostname) === 0 ? { servername: hostname } : {}),
})

/** Connects once. A connection that ends, or could not be made, is destroyed: the library would go on trying by itself. */
export const connect = (settings: RabbitmqSettings, onEnd: () => void): Promise<Connection> =>
  new Promise((resolve, reject) => {
    const { name, hostname, port, vhost, username, password, tls } = settings
    const connection = new Connection({
      hostname,
      port,
      vhost,
      username,
      password,
      ...(tls && { tls: tlsOptions(hostname, tls) }),
      connectionName: `mensageria ${name}`,
      connectionTimeout: CONNECT_MS,
      heartbeat: HEARTBEAT_S,
      noDelay: true,
    })
    connection.once('connection', () => resolve(connection))
    connection.on('error', (error: unknown) => {
      connection.unsafeDestroy()
      reject(error)
      onEnd()
    })
  })
