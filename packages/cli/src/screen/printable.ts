const ESCAPE = '\u001B'
// Besides line ends, the only control sequences that this command itself writes: the colors of `paint`.
const COLOR = new RegExp(`(${ESCAPE}\\[(?:2|22|3[1-6]|39)m)`, 'u')
const UNSAFE = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const withoutColors = (text: string): string => text.replaceAll(UNSAFE, escaped)

/**
 * A text that a terminal shows and does not obey: control characters and changes of direction are written as `\u001b`, which
 * is the same text in JSON. Everything that the command prints goes through it; what is stored may be of any release.
 */
export const printable = (text: string, colors: boolean): string =>
  colors
    ? text
        .split(COLOR)
        .map((part, index) => (index % 2 === 1 ? part : withoutColors(part)))
        .join('')
    : withoutColors(text)
