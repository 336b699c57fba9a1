import { CELLS, encode, HEAD, read, REGISTRATION, table } from './testing/read.ts'

const TEXT = table([HEAD, CELLS])
const one = [{ number: 1, line: 2, content: { registration: REGISTRATION } }]
const BOM = '\u{feff}'

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark (Excel, "CSV UTF-8")', Buffer.from(BOM + TEXT)],
  ['UTF-8 with two of them', Buffer.from(BOM + BOM + TEXT)],
  ['UTF-16 LE with a mark (PowerShell, "Unicode")', Buffer.from(BOM + TEXT, 'utf16le')],
  ['UTF-16 LE without one', Buffer.from(TEXT, 'utf16le')],
  ['UTF-16 BE with a mark', encode(BOM + TEXT, 'utf-16be')],
  ['UTF-16 BE without one', encode(TEXT, 'utf-16be')],
  ['Windows-1252 (Excel, "CSV")', encode(TEXT, 'windows-1252')],
])('row 51: %s is read', async (_name, bytes) => {
  for (const chunkBytes of [1, 7, 1000]) {
    expect((await read(bytes, { chunkBytes })).rows).toMatchObject(one)
  }
})

const named = (name: string) => table([HEAD, CELLS.with(0, name)])

test.each([
  ['an xlsx', Buffer.from('PK\u0003\u0004....[Content_Types].xml'), 'foreign-format'],
  ['a zip', Buffer.from('PK\u0003\u0004....foto.jpg'), 'foreign-format'],
  ['an xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'foreign-format'],
  ['a PDF', Buffer.from('%PDF-1.7'), 'foreign-format'],
  ['a web page', Buffer.from('<html><body><table>'), 'foreign-format'],
  ['XML', Buffer.from('<?xml version="1.0"?><Workbook/>'), 'foreign-format'],
  ['a table with a NUL', Buffer.from(named('CD\u0000')), 'binary'],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x6e, 0, 0, 0]), 'utf-32'],
  ['half a character of UTF-16', Buffer.from(BOM + TEXT, 'utf16le').subarray(0, -1), 'binary'],
  ['a lone surrogate in UTF-16', Buffer.from(BOM + named('CD \ud800 x'), 'utf16le'), 'binary'],
  [
    'two encodings in one file',
    Buffer.concat([Buffer.from(TEXT), encode(TEXT, 'windows-1252')]),
    'mixed-encodings',
  ],
  [
    'a mark of UTF-8 before another encoding',
    Buffer.concat([Buffer.from(BOM), encode(TEXT, 'windows-1252')]),
    'mixed-encodings',
  ],
  ['the encoding of DOS', encode(TEXT, 'cp850'), 'unclear-encoding'],
  ['the encoding of DOS, in capitals', encode(named('SÃO'), 'cp850'), 'unclear-encoding'],
  [
    'the encoding of DOS with an "á" alone',
    encode(table([HEAD, ['CD Pará', '1', '2', '3', '4', '5', '6', '7', '8']]), 'cp850'),
    'unclear-encoding',
  ],
  ['the encoding of a Mac', encode(TEXT, 'macintosh'), 'unclear-encoding'],
  ['UTF-8 that was opened as Windows-1252', Buffer.from(named('CD SÃ£o JoÃ£o')), 'garbled'],
  [
    'the same, saved as Windows-1252 beside right accents',
    encode(`${named('CD São')}${named('SÃ\u00a3o')}`, 'windows-1252'),
    'mixed-encodings',
  ],
  ['the same twice', Buffer.from(named('CD SÃƒÂ£o')), 'garbled'],
  ['a dash that was opened so', Buffer.from(named('CD â€“ Sul')), 'garbled'],
  ['UTF-8 that was opened as DOS', Buffer.from(named('CD S├úo')), 'garbled'],
  ['UTF-8 that was opened as Mac', Buffer.from(named('CD S√£o')), 'garbled'],
  ['replacement characters', Buffer.from(named('CD S\u{fffd}o')), 'lost-characters'],
  ['question marks for accents (PowerShell, ASCII)', Buffer.from(named('CD S?o Jo?o')), 'lost-characters'],
  ['text behind a Ctrl-Z', Buffer.from(`${TEXT}\u001a${TEXT}`), 'text-after-end'],
  ['a quote that never ends', Buffer.from(table([HEAD, CELLS.with(0, '"CD')])), 'quote'],
  ['a quote that ends in the middle', Buffer.from(table([HEAD, CELLS.with(0, '"CD" Sul')])), 'quote'],
  ['a quote that begins in the middle', Buffer.from(table([HEAD, CELLS.with(0, 'CD "Sul')])), 'quote'],
  ['a CNPJ whose digits are gone', Buffer.from(table([HEAD, CELLS.with(1, '1,12223E+13')])), 'lost-digits'],
  ['a cell that is longer than any row', Buffer.from(named('x'.repeat(70_000))), 'long-row'],
  [
    'a quote without an end in a large file',
    Buffer.from(`${table([HEAD, CELLS.with(0, '"CD')])}${TEXT.repeat(1000)}`),
    'long-row',
  ],
  ['bytes without an end of a line', Buffer.alloc(300_000, 'x'), 'long-row'],
  ['nothing', Buffer.from(''), 'empty'],
  ['a mark alone', Buffer.from(BOM), 'empty'],
  ['separators alone', Buffer.from(';;;\r\n;;;\r\n'), 'empty'],
  ['a head without a column that is needed', Buffer.from(table([HEAD.slice(1), CELLS.slice(1)])), 'columns'],
  [
    'a column that nobody knows',
    Buffer.from(
      table([
        [...HEAD, 'margem'],
        [...CELLS, '7'],
      ]),
    ),
    'columns',
  ],
  [
    'a column without a name',
    Buffer.from(
      table([
        [...HEAD, '', 'code'],
        [...CELLS, '7', 'C'],
      ]),
    ),
    'nameless-column',
  ],
  [
    'a column twice',
    Buffer.from(
      table([
        [...HEAD, 'CNPJ'],
        [...CELLS, ''],
      ]),
    ),
    'twice',
  ],
  ['an array of JSON without an end', Buffer.from('[{"name":"a"},'), 'json'],
  ['JSON in Windows-1252', encode('{"name":"São"}', 'windows-1252'), 'not-utf8'],
])('row 51: %s is refused before the first row', async (_name, bytes, kind) => {
  for (const chunkBytes of bytes.length > 50_000 ? [1000] : [3, 1000])
    expect((await read(bytes, { chunkBytes })).fault?.kind).toBe(kind)
})

test('a file that is too large is refused, by rows and by bytes', async () => {
  const two = table([HEAD, CELLS, CELLS])
  expect(await read(two, { limits: { rows: 1, bytes: 9999 } })).toEqual({
    fault: { kind: 'many-rows', max: 1 },
  })
  expect(await read(two, { limits: { rows: 9, bytes: 50 } })).toEqual({
    fault: { kind: 'many-bytes', max: 50 },
  })
})

test('what is wrong is told with its line', async () => {
  const text = `${table([HEAD, CELLS])}\r\n${table([CELLS.with(0, '"a\r\nb"'), CELLS.with(0, 'SÃ£o')])}`
  expect((await read(text, { chunkBytes: 5 })).fault).toEqual({
    kind: 'garbled',
    line: 6,
    sample: expect.stringContaining('SÃ£o'),
  })
})

test.each([
  ['semicolons', table([HEAD, CELLS], ';')],
  ['commas', table([HEAD, CELLS], ',')],
  ['tabs', table([HEAD, CELLS], '\t')],
  ['bars', table([HEAD, CELLS], '|')],
  ['c24: sep= in the first line, whatever the separator is', `sep=^\r\n${table([HEAD, CELLS], '^')}`],
  ['sep= with a mark and in quotes', `${BOM}"sep=;"\r\n${table([HEAD, CELLS])}`],
  [
    'the line of PowerShell',
    `#TYPE System.Management.Automation.PSCustomObject\r\n${table([HEAD, CELLS], ',')}`,
  ],
  [
    'everything in quotes',
    table(
      [HEAD, CELLS].map((cells) => cells.map((cell) => `"${cell}"`)),
      ',',
    ),
  ],
  ['a CNPJ that is kept as text', table([HEAD, CELLS.with(1, '="11222333000181"')])],
  ['a CNPJ that is kept as text, in quotes', table([HEAD, CELLS.with(1, '"=""11222333000181"""')])],
  [
    'cells with marks that nobody sees',
    table([HEAD, CELLS.map((cell) => `\u202a\u200e${cell}\u00ad\u200c\u2069\u202c`)]),
  ],
  ['a CNPJ behind an apostrophe', table([HEAD, CELLS.with(1, "'11222333000181")])],
  ['carriage returns alone', table([HEAD, CELLS], ';', '\r')],
  ['line feeds alone', table([HEAD, CELLS], ';', '\n')],
  ['no end of the last line', table([HEAD, CELLS]).trimEnd()],
  ['a Ctrl-Z at the end', `${table([HEAD, CELLS])}\u001a`],
  ['empty lines before the head', `\r\n;;;\r\n${table([HEAD, CELLS])}`],
  [
    'names in Portuguese',
    table([['Nome', 'CNPJ', 'Logradouro', 'Nº', 'Bairro', 'Município', 'Código IBGE', 'UF', 'CEP'], CELLS]),
  ],
  [
    'names in capitals, with spaces and lines',
    table([
      [
        ' NOME DO CD ',
        'Cnpj',
        'ENDEREÇO',
        'Número',
        'BAIRRO',
        '"Cidade"',
        '"Cód.\nIBGE"',
        'Estado',
        'C.E.P.',
      ],
      CELLS,
    ]),
  ],
  ['another order', table([HEAD.toReversed(), CELLS.toReversed()])],
  [
    'empty columns behind and between',
    table([
      [...HEAD, '', 'observação', ''],
      [...CELLS, '', ' ', ''],
    ]),
  ],
  [
    'columns of a reject file',
    table([
      ['rejectedLine', 'rejectedReason', ...HEAD],
      ['7', 'why', ...CELLS],
    ]),
  ],
])('row 51: %s: read alike', async (_name, text) => {
  for (const chunkBytes of [1, 1000]) {
    const { rows } = await read(text, { chunkBytes })
    expect(rows?.map(({ content }) => content)).toEqual([{ registration: REGISTRATION }])
  }
})

test('c13: all ends of a line in any mixture, and the lines are counted as an editor counts them', async () => {
  const [head, row] = [HEAD.join(';'), CELLS.join(';')]
  const text = `${head}\n${row}\r\n${row}\r\r${CELLS.with(0, '"a\r\nb"').join(';')}\n\r\n${row}`
  const { rows } = await read(text, { chunkBytes: 1 })
  expect(rows?.map(({ number, line }) => [number, line])).toEqual([
    [1, 2],
    [2, 3],
    [3, 5],
    [4, 8],
  ])
  expect(rows?.[2]?.content).toMatchObject({ registration: { name: 'a\nb' } })
})

test('c11, c12: cells that are missing at the end are empty, rows of separators alone are none, and only cells too many that say something are a fault', async () => {
  const head = [...HEAD, 'code', 'complement']
  const text = table([
    head,
    CELLS,
    [...CELLS, 'C-1'],
    [...CELLS, '', '', '', ' '],
    Array(40).fill(''),
    [...CELLS, '', '', 'x'],
  ])
  const { rows } = await read(text)
  expect(rows?.map(({ line, content }) => [line, content])).toEqual([
    [2, { registration: REGISTRATION }],
    [3, { registration: { ...REGISTRATION, code: 'C-1' } }],
    [4, { registration: REGISTRATION }],
    [6, { fault: { kind: 'extra-cells', found: 12, expected: 11 } }],
  ])
})

const object = (name: string) => ({ name, address: { city: `{"[\\"${name}` } })

test.each([
  ['one object a line', ['a', 'b'].map((name) => JSON.stringify(object(name))).join('\r\n')],
  ['an array', JSON.stringify(['a', 'b'].map(object))],
  ['an array over lines, with a mark', `${BOM}${JSON.stringify(['a', 'b'].map(object), undefined, 2)}\n`],
  ['objects over lines', ['a', 'b'].map((name) => JSON.stringify(object(name), undefined, 1)).join('\n')],
  ['UTF-16', Buffer.from(`${BOM}${JSON.stringify(['a', 'b'].map(object))}`, 'utf16le')],
])('row 51: JSON as %s is read', async (_name, content) => {
  for (const chunkBytes of [1, 1000]) {
    const { rows } = await read(content, { chunkBytes })
    expect(rows?.map((row) => row.content)).toEqual(
      ['a', 'b'].map((name) => ({ registration: object(name) })),
    )
  }
})

test('a line of JSON that is none is a fault of its row alone, also with U+2028 in another', async () => {
  const lines = ['{"name":"a\u{2028}b"}', '', '[1]', '{"x":', `{"name":"${'x'.repeat(70_000)}"}`, '{"y":1}']
  const { rows } = await read(lines.join('\n'))
  expect(rows?.map(({ number, line, content }) => [number, line, Object.keys(content)[0]])).toEqual([
    [1, 1, 'registration'],
    [2, 3, 'fault'],
    [3, 4, 'fault'],
    [4, 5, 'fault'],
    [5, 6, 'registration'],
  ])
})
