const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A length of time as people say it, in the largest unit that it fills: `40 s`, `12 min`, `3 h`. */
export const formatDuration = (ms: number, language: string): string => {
  const length = Math.max(0, ms)
  const [unit, unitMs] = UNITS.find(([, size]) => length >= size) ?? UNITS[3]
  const unitDisplay = unit === 'day' ? 'long' : 'short'
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(
    Math.floor(length / unitMs),
  )
}

/** A point in time: with its date only where that is not today's. */
export const formatTime = (at: string, language: string, now: number): string => {
  const date = new Date(at)
  const isToday = date.toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(language, {
    ...(isToday ? {} : { day: '2-digit', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(date)
}

/** A point in time, whole. */
export const formatDateTime = (at: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))

/** A point in time for a narrow column. */
export const formatShortDate = (at: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at))
