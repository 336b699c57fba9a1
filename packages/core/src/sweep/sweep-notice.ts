import type { Unaccounted } from '../ports/stats.ts'
import type { RedriveWithLanes } from '../model/redrive.ts'
import type { DailyReport } from '../stats/daily-report.ts'
import type { BackfillPlan } from './plan-backfill.ts'

/** The parts of maintenance, each of which may fail by itself. */
export type MaintenanceTask = 'retire' | 'stats' | 'health' | 'report' | 'purge'

/**
 * What a sweep tells: the one set of log events that every process writes, and what a console shows at once. Each name is the
 * name of the log event.
 */
export type SweepNotice =
  | { notice: 'integration.down' | 'integration.back'; integration: string }
  | { notice: 'integration.missing'; integration: string }
  | { notice: 'integration.retired'; integration: string; rows: number }
  | { notice: 'integration.real'; integration: string; rows: number }
  | ({ notice: 'integration.backfill-planned' } & BackfillPlan)
  | { notice: 'integration.backfilled'; integration: string; redriveId: string; count: number }
  | ({ notice: 'stats.unaccounted' } & Unaccounted)
  | { notice: 'report.daily'; report: DailyReport }
  | { notice: 'redrive.progressed'; redrive: RedriveWithLanes }
  | { notice: 'maintenance.failed'; task: MaintenanceTask; error: unknown }

/** Is told of each notice; must not throw. */
export type SweepObserver = (notice: SweepNotice) => void
