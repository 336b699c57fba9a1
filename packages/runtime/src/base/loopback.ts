import { isIP } from 'node:net'

/** Whether a host to listen on or to call, without brackets, is this machine alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** Whether an address is on this machine; the network does not carry what is sent to it. */
export const isThisMachine = ({ hostname }: URL): boolean =>
  isLoopback(hostname.replaceAll(/[[\]]/g, '')) || hostname.endsWith('.localhost')
