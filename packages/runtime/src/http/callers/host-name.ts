import { isIPv4, isIPv6, SocketAddress } from 'node:net'

/** A host as a request names it: a name in lower case or an address without brackets, and the port that stands with it. */
export type HostName = { name: string; port: string }

const FORM = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{0,5}))?$/i

const isWhole = (name: string): boolean => !name.includes('..') && /[^.]/.test(name)

/** Reads a Host header, or the authority of an address; undefined where it is neither a name nor an address. */
export const parseHost = (text: string): HostName | undefined => {
  const [, inBrackets, plain = '', port = ''] = FORM.exec(text) ?? []
  if (inBrackets !== undefined) {
    return isIPv6(inBrackets) ? { name: addressOf(inBrackets), port } : undefined
  }
  // One dot at its end makes a name absolute, and no other one.
  const name = plain.toLowerCase().replace(/\.$/, '')
  return isWhole(name) ? { name, port } : undefined
}

/** An address in the one way to write it: `::ffff:10.0.0.1` is `10.0.0.1`, `0:0::1` is `::1`. */
export const addressOf = (address: string): string => {
  if (!isIPv6(address)) return address
  const [plain = ''] = address.split('%')
  const { address: short } = new SocketAddress({ address: plain, family: 'ipv6' })
  const [, mapped = ''] = /^::ffff:([\d.]+)$/i.exec(short) ?? []
  return isIPv4(mapped) ? mapped : short
}
