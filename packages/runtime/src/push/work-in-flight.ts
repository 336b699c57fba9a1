import type { App } from '../http/app.ts'

/** Work that a closing server waits for. */
export type WorkInFlight = { signal: AbortSignal; track: <T>(work: Promise<T>) => Promise<T> }

/**
 * Follows work that must not be cut in the middle. When the server closes, work goes on for `drainMs`; then `signal`
 * tells it to end, and the close waits until it has.
 */
export const trackWork = (app: App, drainMs: number): WorkInFlight => {
  const ending = new AbortController()
  const running = new Set<Promise<unknown>>()
  let timer: NodeJS.Timeout | undefined
  app.addHook('preClose', (done) => {
    timer = setTimeout(() => ending.abort(), drainMs)
    done()
  })
  app.addHook('onClose', async () => {
    await Promise.allSettled(running)
    clearTimeout(timer)
  })
  return {
    signal: ending.signal,
    track: <T>(work: Promise<T>): Promise<T> => {
      const done: Promise<unknown> = work.finally(() => running.delete(done)).catch(() => undefined)
      running.add(done)
      return work
    },
  }
}
