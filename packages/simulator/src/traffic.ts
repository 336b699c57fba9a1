/** What arrived at one system, and how much of it at the same time. */
export type Traffic = {
  /** Counts a request; call the function that comes back when it is over, as often as you like. */
  begin: (startedAtMs: number, centerId: string | undefined) => () => void
  stats: () => TrafficStats
}

export type TrafficStats = {
  requests: number
  maxInFlight: number
  maxInFlightPerCenter: number
  /** Most requests that started within any one second. */
  peakRatePerSecond: number
  /** Requests started in each second since the first one. */
  startedPerSecond: number[]
}

/** Most times within any window of one second; `times` in milliseconds, ascending. */
export const peakRatePerSecond = (times: readonly number[]): number => {
  let peak = 0
  let first = 0
  times.forEach((time, last) => {
    while (time - (times[first] ?? time) >= 1000) first += 1
    peak = Math.max(peak, last - first + 1)
  })
  return peak
}

/** How many of the times lie in each second since the first; `times` in milliseconds, ascending. */
export const startedPerSecond = (times: readonly number[]): number[] => {
  const secondOf = (time: number) => Math.floor((time - (times[0] ?? time)) / 1000)
  const counts = Array.from({ length: times.length && secondOf(times.at(-1) ?? 0) + 1 }, () => 0)
  for (const time of times) counts[secondOf(time)] = (counts[secondOf(time)] ?? 0) + 1
  return counts
}

/** Counts requests; a request without a center counts for the system only. */
export const createTraffic = (): Traffic => {
  const startedAt: number[] = []
  const openPerCenter = new Map<string, number>()
  let open = 0
  let maxInFlight = 0
  let maxInFlightPerCenter = 0

  const add = (centerId: string | undefined, change: 1 | -1) => {
    open += change
    maxInFlight = Math.max(maxInFlight, open)
    if (centerId === undefined) return
    const count = (openPerCenter.get(centerId) ?? 0) + change
    maxInFlightPerCenter = Math.max(maxInFlightPerCenter, count)
    if (count > 0) openPerCenter.set(centerId, count)
    else openPerCenter.delete(centerId)
  }

  return {
    begin: (startedAtMs, centerId) => {
      startedAt.push(startedAtMs)
      add(centerId, 1)
      let ended = false
      return () => {
        if (!ended) add(centerId, -1)
        ended = true
      }
    },
    stats: () => ({
      requests: startedAt.length,
      maxInFlight,
      maxInFlightPerCenter,
      peakRatePerSecond: peakRatePerSecond(startedAt),
      startedPerSecond: startedPerSecond(startedAt),
    }),
  }
}
