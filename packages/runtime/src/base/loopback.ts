import { isIP } from 'node:net'

/** Whether a host to listen on or to call, without brackets, is this machine alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
