import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '@mensageria/core'

/** The clock of the machine. A sleep does not keep the process alive. */
export const createSystemClock = (): Clock => ({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms) => wait(ms, undefined, { ref: false }),
})
