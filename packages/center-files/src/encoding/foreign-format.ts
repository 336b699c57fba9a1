import type { ForeignFormat } from '../fault.ts'

const MAGIC: readonly (readonly [readonly number[], ForeignFormat])[] = [
  // A zip: xlsx, ods, or any other.
  [[0x50, 0x4b, 0x03, 0x04], 'spreadsheet'],
  [[0x50, 0x4b, 0x05, 0x06], 'archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'old-spreadsheet'],
  // BIFF of Excel 2 to 4.
  [[0x09, 0x00, 0x04, 0x00], 'old-spreadsheet'],
  [[0x09, 0x08], 'old-spreadsheet'],
  [[0x25, 0x50, 0x44, 0x46], 'pdf'],
  [[0x1f, 0x8b], 'archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'archive'],
  [[0x52, 0x61, 0x72, 0x21], 'archive'],
  [[0x42, 0x5a, 0x68], 'archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'archive'],
]

// What is a spreadsheet inside a zip names its parts near the start; a zip of other files does not.
const SPREADSHEET_PARTS = /\[Content_Types\]|xl\/|_rels\/|docProps\/|mimetypeapplication\/vnd\./

const MARKUP: readonly (readonly [RegExp, ForeignFormat])[] = [
  [/^\s*<(?:!doctype\s+html|html|head|body|table|meta|style|script|div)\b/i, 'html'],
  [/^\s*<(?:\?xml|!--|[a-z][\w:.-]*(?:\s|>|\/))/i, 'xml'],
  [/^\{\\rtf/, 'rtf'],
]

/** What a file is that begins with these bytes, where it is no text of rows; undefined where it may be. */
export const foreignFormatOf = (start: Uint8Array): ForeignFormat | undefined => {
  const text = Buffer.from(start).toString('latin1')
  const found = MAGIC.find(([magic]) => magic.every((byte, index) => start[index] === byte))?.[1]
  if (found === 'spreadsheet') return SPREADSHEET_PARTS.test(text) ? found : 'archive'
  // UTF-16 has zeros between the characters.
  const plain = text.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').replaceAll('\0', '')
  return found ?? MARKUP.find(([pattern]) => pattern.test(plain))?.[1]
}
