import { isIP } from 'node:net'
import { z } from 'zod'

const WIDTHS = new Map([
  [4, 32],
  [6, 128],
])

// Everything at once (/0) would believe every caller about its own address, and a number of hops those who come directly.
const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...rest] = text.split('/')
  const width = WIDTHS.get(isIP(address))
  if (width === undefined || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= width)
}

/** Addresses and networks (`10.0.0.0/8`) of the proxies whose X-Forwarded-For is believed; nobody's unless it is set. */
export const TrustedProxies = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .refine((words) => words.every(isNetwork), {
    error: 'Must be addresses or networks (10.0.0.0/8), separated by commas',
  })
