import { toRedrive, type EventHub } from '@mensageria/console'
import type { SweepObserver } from '@mensageria/core'

/** Shows people who watch what a sweep tells, and passes it on to the log. */
export const showSweep =
  (hub: Pick<EventHub, 'publish'>, log: SweepObserver): SweepObserver =>
  (told) => {
    log(told)
    if (told.notice === 'redrive.progressed') hub.publish('redrive', () => toRedrive(told.redrive))
    if (told.notice === 'integration.down' || told.notice === 'integration.back') {
      const { integration: name, notice } = told
      hub.publish('integration', () => ({ name, notice }))
    }
  }
