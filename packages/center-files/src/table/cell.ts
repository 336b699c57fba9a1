const NO_BREAK = /[\u00a0\u2007\u202f]/g
// Marks of direction come along where a number is copied from a dialog or a chat. A joiner (U+200D) stays: emoji are made of it.
const INVISIBLE = /[\u00ad\u200b\u200c\u2060\ufeff]|\p{Bidi_Control}/gu
// How people make a spreadsheet keep zeros: `="0123"`.
const AS_TEXT = /^\s*=\s*"((?:[^"]|"")*)"\s*$/

/** The text of a cell as a person sees it in a spreadsheet. */
export const toText = (cell: string): string => {
  const text = cell.replaceAll(NO_BREAK, ' ').replaceAll(INVISIBLE, '')
  const [, quoted] = AS_TEXT.exec(text) ?? []
  return quoted === undefined ? text : quoted.replaceAll('""', '"')
}

/** Whether nothing stands in a cell. */
export const isBlank = (cell: string): boolean => toText(cell).trim() === ''

// What spreadsheets show where they have no value, and what databases write where they have none.
const NO_VALUE =
  /^(?:#{2,}|#(?:N\/[AD]|REF!|VALUE!|VALOR!|NAME\?|NOME\?|NUM!|NÚM!|DIV\/0!|NULL!|NULO!|CALC!|SPILL!|DESPEJAR!|####)|NULL|\(null\)|\\N|NaN|undefined|\[object Object\])$/

/** Whether a cell says that there is no value, instead of being empty. */
export const saysNoValue = (text: string): boolean => NO_VALUE.test(text.trim())

/** A number that a spreadsheet shortened: its digits are gone. */
export const isShortened = (text: string): boolean => /^\s*\d(?:[.,]\d+)?E\+\d+\s*$/i.test(text)

const MONTH = 'jan|fev|feb|mar|abr|apr|mai|may|jun|jul|ago|aug|set|sep|out|oct|nov|dez|dec'
const DATE = new RegExp(`^(?:\\d{1,2}[/-](?:${MONTH})|(?:${MONTH})[/-]\\d{2,4})$`, 'i')

/** A text such as `12/5` that a spreadsheet took for a date. */
export const isDate = (text: string): boolean => DATE.test(text.trim())
