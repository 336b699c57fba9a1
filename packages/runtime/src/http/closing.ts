import { toProblem } from '@mensageria/contracts'
import type { App } from './app.ts'
import { pathOf, sendProblem } from './errors/send-problem.ts'

// What is still open then is cut: a process has 10 s from SIGTERM, and its stores close after the server.
const DRAIN_MS = 6_000

/**
 * While the server closes, requests in work finish and new ones on kept connections get 503, as a problem document;
 * connections that stay open (a slow upload, a stream) are cut in the end.
 */
export const useClosing = (app: App, drainMs = DRAIN_MS): void => {
  let closing = false
  let cut: NodeJS.Timeout | undefined
  app.addHook('onRequest', (request, reply, done) => {
    if (!closing) return done()
    const problem = toProblem('unavailable', { detail: 'Closing down', instance: pathOf(request.url) })
    sendProblem(reply, problem, { connection: 'close' })
  })
  // The last answer of a connection says so: an idle one would hold the close up until it is cut.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close')
    done(null, payload)
  })
  app.addHook('preClose', (done) => {
    closing = true
    cut = setTimeout(() => app.server.closeAllConnections(), drainMs).unref()
    done()
  })
  app.addHook('onClose', (_instance, done) => {
    clearTimeout(cut)
    done()
  })
}
