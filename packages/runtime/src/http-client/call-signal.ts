import { CALL_MS } from '@mensageria/core'

type CallSignal = { signal: AbortSignal; release: () => void }

/**
 * Aborts when the outer signal does, or when one whole delivery's time is up. `AbortSignal.any` with `AbortSignal.timeout`
 * means the same, but keeps a timer for 30 s after a call of 5 ms: at thousands of calls a second that is memory.
 */
export const createCallSignal = (outer: AbortSignal, callMs = CALL_MS): CallSignal => {
  const controller = new AbortController()
  const onAbort = () => controller.abort(outer.reason)
  const onTimeout = () => controller.abort(new DOMException('The call took too long', 'TimeoutError'))
  const timer = setTimeout(onTimeout, callMs).unref()
  outer.addEventListener('abort', onAbort, { once: true })
  if (outer.aborted) onAbort()
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer)
      outer.removeEventListener('abort', onAbort)
    },
  }
}
