import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { addressOf } from './host-name.ts'

// What a process that listens everywhere prints as its address.
const EVERYWHERE = new Set(['0.0.0.0', '::'])

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/**
 * Whether a name is an address of this machine. `reached` is the one that the request came to; the others are looked up
 * only where they are asked for.
 */
export const isOwnAddress = (name: string, reached: string | undefined): boolean => {
  if (isIP(name) === 0) return false
  if (isLoopback(name) || EVERYWHERE.has(name) || name === addressOf(reached ?? '')) return true
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .some(({ address }) => addressOf(address) === name)
}
