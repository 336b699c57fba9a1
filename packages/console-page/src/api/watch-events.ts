/** Whether the server tells the page what happens, or the page has to ask. */
export type Liveness = 'live' | 'polling'

// Events of a busy minute come by the hundred; people read once a second at most.
const PAUSE_MS = 1000
const POLL_MS = 3000
// Also while the server tells: what changes without an attempt is no event.
const LIVE_POLL_MS = 15_000
const AGAIN_MS = 10_000

/**
 * Calls `onChange` when something has happened: told by server-sent events, and where they do not come, at an interval.
 * Resolves nothing; the returned function ends it.
 */
export const watchEvents = (onChange: () => void, onLiveness: (liveness: Liveness) => void): (() => void) => {
  let source: EventSource | undefined
  let pending: number | undefined
  let again: number | undefined
  let poll: number | undefined

  const changed = () => {
    pending ??= window.setTimeout(() => {
      pending = undefined
      onChange()
    }, PAUSE_MS)
  }
  const pollEvery = (ms: number) => {
    window.clearInterval(poll)
    poll = window.setInterval(() => {
      if (!document.hidden) onChange()
    }, ms)
  }
  const become = (liveness: Liveness) => {
    pollEvery(liveness === 'live' ? LIVE_POLL_MS : POLL_MS)
    onLiveness(liveness)
  }
  const open = () => {
    source = new EventSource('/v1/events')
    source.addEventListener('open', () => {
      become('live')
      // What happened while nobody listened.
      changed()
    })
    source.addEventListener('error', () => {
      become('polling')
      // A refused stream does not come back by itself, as a broken one does.
      if (source?.readyState === EventSource.CLOSED) again = window.setTimeout(open, AGAIN_MS)
    })
    for (const event of ['delivery', 'integration', 'redrive']) source.addEventListener(event, changed)
  }
  become('polling')
  open()
  return () => {
    source?.close()
    window.clearTimeout(pending)
    window.clearTimeout(again)
    window.clearInterval(poll)
  }
}
