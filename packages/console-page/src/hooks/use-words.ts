import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatDuration, formatShortDate, formatTime } from '../format/duration.ts'

/** The words of the chosen language, and its ways to write numbers and times. */
export const useWords = () => {
  const { t, i18n } = useTranslation()
  const language = i18n.language
  return useMemo(
    () => ({
      t,
      language,
      number: (value: number): string => new Intl.NumberFormat(language).format(value),
      duration: (ms: number): string => formatDuration(ms, language),
      time: (at: string, now: number): string => formatTime(at, language, now),
      dateTime: (at: string): string => formatDateTime(at, language),
      shortDate: (at: string): string => formatShortDate(at, language),
      join: (names: readonly string[]): string => new Intl.ListFormat(language).format(names),
    }),
    [t, language],
  )
}

export type Words = ReturnType<typeof useWords>
