// Line and paragraph separators and the controls that end a line show as a space: what they part stays apart.
const BREAKS = /[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]+/gu
// All other controls (C0, DEL, C1), and what turns the direction of the text around it.
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}]/gu
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

/**
 * A text of somebody else on one line, without what a terminal or a page obeys instead of showing: control characters become
 * U+FFFD, line ends a space.
 */
export const plainText = (text: string): string =>
  UNSAFE.test(text) ? text.replaceAll(BREAKS, ' ').replaceAll(UNPRINTABLE, '\uFFFD') : text
