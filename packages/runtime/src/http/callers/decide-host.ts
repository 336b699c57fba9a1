import { isIP } from 'node:net'
import { isAllowedHost, type AllowedHosts } from './allowed-hosts.ts'
import { parseHost } from './host-name.ts'
import { isOwnAddress } from './own-address.ts'

export type HostQuestion = {
  /** Every name by which the request asks: its Host, and the authority of its address where that is whole. */
  names: readonly string[]
  allowed: AllowedHosts
  /** The address of this machine that the request came to. */
  reached: string | undefined
  /** A probe asks by any address: what stands before this machine may have another one. */
  probe: boolean
}

/**
 * Whether a request asks for this machine. A page of another site can give its own name our address (DNS rebinding); the
 * browser then takes us for that site, and only the name tells.
 */
export const asksForUs = ({ names, allowed, reached, probe }: HostQuestion): boolean =>
  names.every((text) => {
    const host = parseHost(text)
    if (!host) return false
    const { name } = host
    if (name === 'localhost' || isAllowedHost(host, allowed)) return true
    return probe ? isIP(name) !== 0 : isOwnAddress(name, reached)
  })
