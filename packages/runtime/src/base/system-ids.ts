import { hash, randomBytes, randomUUID } from 'node:crypto'
import type { Ids } from '@mensageria/core'

/** Ids and randomness of the machine. */
export const createSystemIds = (): Ids => ({
  next: () => randomUUID(),
  traceparent: () => {
    const hex = randomBytes(24).toString('hex')
    return `00-${hex.slice(0, 32)}-${hex.slice(32)}-01`
  },
  random: () => Math.random(),
  digest: (text) => hash('sha256', text),
})
