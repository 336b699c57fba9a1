import type { SweepNotice, SweepObserver } from '@mensageria/core'
import { backfillText } from './backfill-text.ts'

type LogLine = (fields: object, event: string) => void
type Level = 'info' | 'warn' | 'error'
type Plain = Exclude<SweepNotice['notice'], 'report.daily' | 'maintenance.failed' | 'redrive.progressed'>

const LEVELS = {
  'integration.down': 'error',
  'integration.back': 'info',
  'integration.missing': 'warn',
  'integration.retired': 'warn',
  'integration.real': 'info',
  'integration.backfill-planned': 'warn',
  'integration.backfilled': 'info',
  'stats.unaccounted': 'error',
} as const satisfies Record<Plain, Level>

/**
 * Writes the line of each notice of a sweep, under its own name: the one set of log events of every process that sweeps.
 * Alerts rest on these names (terraform/monitoring-alerts.tf). Numbers of a day that do not add up are an error: something
 * was lost or counted twice. The progress of a redrive is for consoles, not for the log.
 */
export const createSweepLog =
  (logger: Record<Level, LogLine>): SweepObserver =>
  (told) => {
    if (told.notice === 'redrive.progressed') return
    if (told.notice === 'report.daily') {
      logger[told.report.balanced ? 'info' : 'error'](told.report, told.notice)
    } else if (told.notice === 'maintenance.failed') {
      logger.error({ task: told.task, err: told.error }, told.notice)
    } else if (told.notice === 'integration.backfill-planned') {
      const { notice, ...plan } = told
      logger[LEVELS[notice]]({ text: backfillText(plan), ...plan }, notice)
    } else {
      const { notice, ...fields } = told
      logger[LEVELS[notice]](fields, notice)
    }
  }
