import { toProblem } from '@mensageria/contracts'
import type { App } from './app.ts'
import { sendProblem } from './errors/send-problem.ts'

// Asked every few seconds by the platform: no limit, no line, no place in the API document.
const options = { config: { rateLimit: false, access: 'everybody' }, schema: { hide: true } } as const

/**
 * `GET /health/live` answers while the process runs, `GET /health/ready` while it should get requests; it names the systems for
 * which a simulator answers.
 */
export const addHealthRoutes = (
  app: App,
  ready: () => boolean | Promise<boolean>,
  simulated: readonly string[] = [],
): void => {
  app.get('/health/live', options, () => ({ status: 'live' }))
  app.get('/health/ready', options, async (_request, reply) => {
    const isReady = await Promise.resolve()
      .then(ready)
      .catch(() => false)
    if (isReady) return { status: 'ready', ...(simulated.length > 0 ? { simulated } : {}) }
    sendProblem(reply, toProblem('unavailable', { detail: 'Not ready', instance: '/health/ready' }))
    return reply
  })
}
