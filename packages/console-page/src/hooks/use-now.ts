import { useSyncExternalStore } from 'react'

const TICK_MS = 1000
let now = Date.now()
let timer: number | undefined
const listeners = new Set<() => void>()

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) now = Date.now()
  listeners.add(listener)
  timer ??= window.setInterval(() => {
    now = Date.now()
    for (const told of listeners) told()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.clearInterval(timer)
    timer = undefined
  }
}

/** The present time, anew each second, for everything that counts it. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)
