import type { ForeignFormat } from '../fault.ts'
import type { FaultWords } from './fault-words.ts'

const AS_CSV = 'save it as "CSV UTF-8 (comma delimited)" and import that file'

const FORMATS: Readonly<Record<ForeignFormat, string>> = {
  spreadsheet: 'a spreadsheet (xlsx or ods), not CSV: open it,',
  'old-spreadsheet': 'a spreadsheet (xls), not CSV: open it,',
  html: 'a web page, not CSV: open it in a spreadsheet,',
  xml: 'XML, not CSV: open it in a spreadsheet,',
  pdf: 'a PDF, not CSV: take the spreadsheet that it was made of,',
  rtf: 'a document of a word processor, not CSV: open it in a spreadsheet,',
  archive: 'an archive, not CSV: unpack it first;',
}

/** What is wrong with a file or a row, in English. */
export const EN: FaultWords = {
  file: {
    empty: () => 'The file has no rows',
    'foreign-format': ({ format }) => `The file is ${FORMATS[format]} ${AS_CSV}`,
    binary: () => `The file is not text: open it in a spreadsheet, ${AS_CSV}`,
    'unclear-encoding': () =>
      `The file is not UTF-8, and its accents cannot be read for certain: open it where they are right, ${AS_CSV}`,
    'mixed-encodings': () =>
      `Parts of the file are UTF-8 and parts are not: correct the accents in a spreadsheet, ${AS_CSV}`,
    'not-utf8': () => 'The file is not UTF-8: save it as UTF-8',
    'utf-16': () => 'The file is UTF-16 ("Unicode"), not UTF-8: save it as UTF-8',
    'utf-32': () => 'The file is UTF-32, not UTF-8: save it as UTF-8',
    garbled: ({ line, sample }) =>
      `Line ${line}: "${sample}" is UTF-8 that a program opened as another encoding and saved. Take the original file, open it as UTF-8, ${AS_CSV}`,
    'lost-characters': ({ line, sample }) =>
      `Line ${line}: "${sample}" has lost its accents. Take the original file, and save it as UTF-8 (PowerShell: Export-Csv -Encoding UTF8)`,
    'text-after-end': ({ line }) => `Line ${line}: a Ctrl-Z ends the file here, but more follows. Remove it`,
    quote: ({ line }) =>
      `Line ${line}: a quote that does not enclose a whole cell. Correct this line, then run it again`,
    'long-row': ({ line }) => `Line ${line}: longer than 64 KiB. Look for a quote that has no end`,
    columns: ({ missing, unknown }, known) =>
      [
        missing.length > 0 ? `Missing columns: ${missing.join(', ')}` : '',
        unknown.length > 0 ? `Unknown columns: ${unknown.join(', ')}` : '',
        `Known: ${known.join(', ')}`,
      ]
        .filter((part) => part !== '')
        .join('. '),
    twice: ({ column }) => `The column ${column} is there twice`,
    'nameless-column': ({ position, line }) =>
      `Column ${position} has no name, and line ${line} has something in it`,
    'lost-digits': ({ line, column, value }) =>
      `Line ${line}: ${column} is ${value}: the spreadsheet shortened the number, and its digits are lost. Format the column as text, enter the numbers again, ${AS_CSV}`,
    json: ({ line, detail }) => `Line ${line}: not JSON: ${detail}`,
    'many-rows': ({ max }) => `The file has more than ${max} rows: divide it`,
    'many-bytes': ({ max }) => `The file is larger than ${Math.round(max / 1024 ** 2)} MiB: divide it`,
  },
  row: {
    'extra-cells': ({ found, expected }) => `has ${found} fields where the head has ${expected}`,
    number: ({ column }) => `${column} is not a number`,
    'no-value': ({ column, value }) => `${column}: ${value} is no value`,
    date: ({ column, value }) => `${column}: ${value} is a text that the spreadsheet made a date of`,
    json: ({ detail }) => `is not JSON: ${detail}`,
    'long-row': () => 'is longer than 64 KiB',
  },
}
