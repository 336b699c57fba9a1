import { dayOf, type Clock, type ReportDaily } from '@mensageria/core'

const DAY_MS = 86_400_000

type LogLine = (fields: object, text: string) => void
type Parts = {
  reportDaily: ReportDaily
  clock: Pick<Clock, 'now'>
  logger: Record<'info' | 'error', LogLine>
}

/**
 * Logs the day that has ended: at the first call of a process, and then once after each midnight (UTC). Numbers that do not
 * add up are an error: something was lost or counted twice.
 */
export const createDailyLog = ({ reportDaily, clock, logger }: Parts) => {
  let logged: string | undefined
  return async (): Promise<void> => {
    const ended = dayOf(clock.now() - DAY_MS)
    if (ended === logged) return
    const report = await reportDaily(ended)
    logger[report.balanced ? 'info' : 'error'](report, 'report.daily')
    logged = ended
  }
}
