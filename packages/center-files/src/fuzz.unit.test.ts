import * as fc from 'fast-check'
import { CELLS, encode, HEAD, read } from './testing/read.ts'

const ENDS = ['\r\n', '\n', '\r'] as const
const BOM = '\u{feff}'

const ENCODE: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with a mark': (text) => Buffer.from(BOM + text),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16le with a mark': (text) => Buffer.from(BOM + text, 'utf16le'),
  'utf-16be with a mark': (text) => encode(BOM + text, 'utf-16be'),
  'windows-1252': (text) => encode(text, 'windows-1252'),
}

const isOfWindows = (text: string) => !/(?![\u00a0-\u00ff\u2013\u2019])\P{ASCII}/u.test(text)

// What people write, what separates and quotes it, and what any of it could be taken for.
const character = fc.constantFrom(...Array.from('abzAZ09 .-/"\';,|\t=+@#?éãçõúÉÃÇÂºª\r\n'))
const cell = fc.oneof(
  fc.constant(''),
  fc.constantFrom(...CELLS),
  fc.string({ unit: character, maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
)
const row = fc.record({
  cells: fc.array(cell, { minLength: HEAD.length, maxLength: HEAD.length }),
  quoted: fc.array(fc.boolean(), { minLength: HEAD.length, maxLength: HEAD.length }),
  end: fc.constantFrom(...ENDS),
  /** Empty lines, and rows of separators, behind it. */
  behind: fc.constantFrom('', '', 'line', 'separators'),
  short: fc.boolean(),
})

const quote = (text: string, separator: string, always: boolean): string =>
  always || /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text

const lineOf = (
  { cells, quoted, end, behind, short }: typeof row extends fc.Arbitrary<infer T> ? T : never,
  separator: string,
) => {
  const written = cells.map((text, index) => quote(text, separator, quoted[index] ?? false))
  const last = short ? written.findLastIndex((text) => text !== '') + 1 : written.length
  const more = { '': '', line: end, separators: separator.repeat(HEAD.length - 1) + end }[behind]
  return `${written.slice(0, last).join(separator)}${end}${more}`
}

// As the reader tells cells apart: what it does with the value of one is shown elsewhere.
const asRead = (text: string) => text.replaceAll(/\r\n?/g, '\n')

test('row 51: any mixture of encoding, separator, quote, end of a line and empty cells gives back the same rows, or is refused before the first', async () => {
  let [same, refused] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 6 }),
      fc.constantFrom(';', ',', '\t', '|'),
      fc.constantFrom(...Object.keys(ENCODE)),
      fc.constantFrom('', 'sep', 'type'),
      fc.integer({ min: 1, max: 40 }),
      async (rows, separator, encoding, first, chunkBytes) => {
        const before = { '': '', sep: `sep=${separator}\r\n`, type: '#TYPE X.Y\r\n' }[first] ?? ''
        const body = rows.map((one) => lineOf(one, separator)).join('')
        const text = `${before}${HEAD.join(separator)}\r\n${body}`
        // What Windows cannot write it has lost before it is read.
        const write = (isOfWindows(text) ? ENCODE[encoding] : undefined) ?? ENCODE['utf-8']
        const bytes = write?.(text) ?? Buffer.alloc(0)
        const { rows: found, fault } = await read(bytes, { chunkBytes })
        if (fault) {
          refused += 1
          return
        }
        same += 1
        const isThere = (written: string) =>
          written.replaceAll(/[\u00a0\u2007\u202f\u200b\u2060\ufeff\s]/g, '') !== ''
        const expected = rows.map(({ cells }) => cells).filter((cells) => cells.some(isThere))
        const width = (cells: readonly string[]) => [
          ...cells,
          ...Array<string>(HEAD.length - cells.length).fill(''),
        ]
        expect(found.map(({ source }) => width(Array.isArray(source) ? source : []))).toEqual(
          expected.map((cells) => cells.map(asRead)),
        )
      },
    ),
    { numRuns: 300 },
  )
  // Neither half may be the whole of what was tried.
  expect(same).toBeGreaterThan(60)
  expect(refused).toBeGreaterThan(20)
})

test('row 51: any bytes at all are read, or refused; nothing is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, withHead) => {
      const all = withHead ? Buffer.concat([Buffer.from(`${HEAD.join(';')}\n`), bytes]) : bytes
      const found = await read(all, { chunkBytes: 50 })
      expect(found.rows ?? found.fault).toBeDefined()
    }),
    { numRuns: 200 },
  )
})
