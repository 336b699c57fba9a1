import type { DeadWord } from '../dead-words.ts'

const begins = (file: string, places: readonly string[]): boolean =>
  places.some((place) => file.startsWith(place))

const isTest = (file: string): boolean => /\.test\.tsx?$|\/(?:testing|test)\//.test(file)

const applies = (file: string, { only, except = [], inTests = true }: DeadWord): boolean =>
  (only === undefined || begins(file, only)) && !begins(file, except) && (inTests || !isTest(file))

/** The dead words of a text, one fault for each line that has one; names of files and their contents alike. */
export const findDeadWords = (file: string, text: string, words: readonly DeadWord[]): string[] => {
  const mine = words.filter((word) => applies(file, word))
  return [file, ...text.split('\n')].flatMap((line, number) =>
    mine.flatMap(({ word, instead }) => {
      const found = word.exec(line)
      return found ? [`${file}:${number}: "${found[0]}" is gone; write ${instead}`] : []
    }),
  )
}
