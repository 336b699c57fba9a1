import { plainText } from '@mensageria/contracts'

/** A text of this length may have been cut. */
export const TEXT_MAX = 300

/**
 * A text from outside as a row keeps it: plain, at most 300 units, and valid Unicode. Half of a surrogate pair, left by a cut or
 * sent by a downstream, is refused by some stores and garbled by others.
 */
export const storedText = (text: string): string =>
  plainText(text)
    .slice(0, TEXT_MAX)
    .replace(/[\uD800-\uDBFF]$/, '')
    .toWellFormed()
