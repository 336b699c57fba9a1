import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Sweep, SweepReport } from '@mensageria/core'
import { answerJson, answerProblem, type Logger } from '@mensageria/runtime'

export type SweepHandlerDeps = {
  sweep: Sweep
  budgetMs: number
  logger: Pick<Logger, 'info' | 'debug' | 'error'>
}

const hasWorked = ({ closed, published, waiting, recovered }: SweepReport): boolean =>
  closed + published + waiting > 0 ||
  Object.values(recovered).some(({ succeeded, failed }) => succeeded + failed > 0)

/**
 * The function that the scheduler calls: one sweep that goes on for up to `budgetMs`, and its report as the answer. Two
 * at once, or one that ends in the middle, harm nothing: every write has a precondition.
 */
export const createSweepHandler =
  ({ sweep, budgetMs, logger }: SweepHandlerDeps) =>
  async ({ method }: Pick<IncomingMessage, 'method'>, response: ServerResponse): Promise<void> => {
    if (method !== 'POST') return answerProblem(response, 'method-not-allowed', undefined, { allow: 'POST' })
    try {
      const report = await sweep(budgetMs)
      // Most sweeps find nothing to do: a line a minute that says so hides the others.
      logger[hasWorked(report) ? 'info' : 'debug']({ report }, 'sweep.done')
      return answerJson(response, 200, report)
    } catch (error) {
      logger.error({ err: error }, 'sweep.failed')
      return answerProblem(response, 'internal-error', 'The sweep failed; the next one goes on')
    }
  }
