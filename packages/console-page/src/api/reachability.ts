import { useSyncExternalStore } from 'react'

let unreachableSince: number | undefined
const listeners = new Set<() => void>()

const set = (since: number | undefined): void => {
  if (since === unreachableSince) return
  unreachableSince = since
  for (const listener of listeners) listener()
}

/** Notes whether the server has answered; the first of several failures counts. */
export const noteAnswer = (answered: boolean): void =>
  set(answered ? undefined : (unreachableSince ?? Date.now()))

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Since when (epoch milliseconds) the server has not answered; undefined while it does. */
export const useUnreachableSince = (): number | undefined =>
  useSyncExternalStore(subscribe, () => unreachableSince)
