import type { IncomingHttpHeaders } from 'node:http'
import { isAllowedHost, type AllowedHosts } from './allowed-hosts.ts'
import { parseHost } from './host-name.ts'

/** Methods that change nothing. */
export const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

const ALONE = new Set(['same-origin', 'none'])

const isSameHost = (origin: string, host: string | undefined, allowed: AllowedHosts): boolean => {
  if (host === undefined || !URL.canParse(origin)) return false
  const { protocol, host: from } = new URL(origin)
  const own = `${protocol}//${host}`
  if (URL.canParse(own) && new URL(own).host === from) return true
  const parsed = parseHost(from)
  return parsed !== undefined && isAllowedHost(parsed, allowed)
}

type Asked = { method: string; headers: IncomingHttpHeaders; allowed: AllowedHosts }

/**
 * Whether a page of another site makes a browser ask: with what its user is signed in by, or at this very machine. A link
 * may lead here from anywhere. Browsers say it in Sec-Fetch-Site; where they do not (an old one, or http), by Origin.
 */
export const isFromOtherSite = ({ method, headers, allowed }: Asked): boolean => {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, origin, host } = headers
  if (site === undefined) return origin !== undefined && !isSameHost(origin, host, allowed)
  const isLink = READS.has(method) && (mode === undefined || mode === 'navigate')
  return !isLink && !ALONE.has(site)
}
