import { styleText } from 'node:util'
import type { Language } from '../language/language.ts'

type Style = Parameters<typeof styleText>[0]

const STYLES: Readonly<Record<string, Style>> = {
  delivered: 'green',
  healthy: 'green',
  ok: 'green',
  waiting: 'dim',
  delivering: 'cyan',
  recovering: 'cyan',
  retrying: 'yellow',
  failing: 'yellow',
  warn: 'yellow',
  paused: 'magenta',
  parked: 'red',
  rejected: 'red',
  down: 'red',
  fail: 'red',
}

/** A word in the color of its state, where the screen has colors. */
export const paint = (state: string, word: string, colors: boolean): string => {
  const style = STYLES[state]
  return colors && style !== undefined ? styleText(style, word, { validateStream: false }) : word
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** A length of time in its largest unit: `12 min`. */
export const formatDuration = (ms: number): string => {
  const [unit, size] = UNITS.find(([, length]) => ms >= length) ?? ['s', 1000]
  return `${Math.round(ms / size)} ${unit}`
}

/** A time as people of the language write it; `-` where there is none. */
export const formatTime = (at: string | undefined, language: Language): string =>
  at === undefined
    ? '-'
    : new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at))

export const formatNumber = (value: number, language: Language): string =>
  new Intl.NumberFormat(language).format(value)
