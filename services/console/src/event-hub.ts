/** What the console tells people while they watch. */
export type ConsoleEvent = { event: 'delivery' | 'integration' | 'redrive'; data: unknown }

type Listener = (text: string) => void

/**
 * Passes events of this process on to its watchers. Nothing is kept: who comes later reads the lists. An event costs
 * nothing while nobody watches: `data` is made only then.
 */
export const createEventHub = () => {
  const listeners = new Set<Listener>()
  const closers = new Set<() => void>()
  return {
    publish: (event: ConsoleEvent['event'], data: () => unknown): void => {
      if (listeners.size === 0) return
      const text = `event: ${event}\ndata: ${JSON.stringify(data())}\n\n`
      for (const listener of listeners) listener(text)
    },
    /** Listens until the returned function is called; `onClose` is told when the process ends. */
    listen: (listener: Listener, onClose: () => void): (() => void) => {
      listeners.add(listener)
      closers.add(onClose)
      return () => {
        listeners.delete(listener)
        closers.delete(onClose)
      }
    },
    size: (): number => listeners.size,
    /** Ends everything that listens, so that a server can close. */
    close: (): void => {
      for (const closer of Array.from(closers)) closer()
    },
  }
}

export type EventHub = ReturnType<typeof createEventHub>
