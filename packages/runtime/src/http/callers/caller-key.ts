import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Who asks, for what one caller may do: the account that signed in, else an address. */
export type CallerKey = { kind: 'account' | 'address'; key: string }

// Some proxies write the port as well, and anything may stand there that the first of them was told.
const bare = (address: string): string =>
  /^\[?([\d.]+|[\da-f:.]+(?=\]))\]?:\d+$/i.exec(address)?.[1] ?? address

/** Names the caller of a request. The address is that of the connection, or what a trusted proxy says. */
export const callerKeyOf = ({ caller, ip, raw }: FastifyRequest): CallerKey => {
  if (caller?.signedIn === true) return { kind: 'account', key: caller.id.toLowerCase() }
  const address = bare(ip)
  return { kind: 'address', key: isIP(address) === 0 ? (raw.socket.remoteAddress ?? '') : address }
}
