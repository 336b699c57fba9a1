import { labelOf, labelOfMany, toPhrase, type Words as TableWords } from '@mensageria/contracts/browser'
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
      /** A word of the table in contracts, as it stands alone. */
      label: (words: TableWords): string => labelOf(words, language),
      /** The same for several. */
      many: (words: TableWords): string => labelOfMany(words, language),
      /** The same within a sentence. */
      phrase: (words: TableWords): string => toPhrase(labelOf(words, language)),
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
