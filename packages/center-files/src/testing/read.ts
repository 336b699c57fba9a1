import { checkFile, readRows, type FileFault, type Row } from '../index.ts'

const LIMITS = { rows: 10_000, bytes: 10_000_000 }

const sourceOf = (bytes: Uint8Array, chunkBytes: number) =>
  async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }

export type Read = { rows: Row[]; fault?: undefined } | { rows?: undefined; fault: FileFault }

/** Reads a file that is in memory, in chunks of so many bytes. */
export const read = async (
  content: string | Uint8Array,
  { chunkBytes = 1000, limits = LIMITS }: { chunkBytes?: number; limits?: typeof LIMITS } = {},
): Promise<Read> => {
  const source = sourceOf(typeof content === 'string' ? Buffer.from(content) : content, chunkBytes)
  const checked = await checkFile(source, limits)
  if ('fault' in checked) return { fault: checked.fault }
  const rows: Row[] = []
  for await (const row of readRows(source, checked.file)) rows.push(row)
  expect(rows).toHaveLength(checked.file.rows)
  return { rows }
}

export const HEAD = [
  'name',
  'taxId',
  'street',
  'number',
  'district',
  'city',
  'cityCode',
  'state',
  'postalCode',
]
export const CELLS = [
  'CD São João',
  '11222333000181',
  'Avenida da Conceição',
  'km 38',
  'Jordanésia',
  'Cajamar',
  '3509205',
  'SP',
  '07786000',
]

/** What a file with these cells must be read as. */
export const REGISTRATION = {
  name: 'CD São João',
  taxId: '11222333000181',
  address: {
    street: 'Avenida da Conceição',
    number: 'km 38',
    district: 'Jordanésia',
    city: 'Cajamar',
    cityCode: '3509205',
    state: 'SP',
    postalCode: '07786000',
  },
}

/** A table as text: a head, rows, one separator. */
export const table = (rows: readonly (readonly string[])[], separator = ';', end = '\r\n'): string =>
  rows.map((cells) => cells.join(separator) + end).join('')

/** The encodings of Windows and DOS that no platform writes by itself. */
export const encode = (
  text: string,
  encoding: 'utf-16be' | 'windows-1252' | 'cp850' | 'macintosh',
): Buffer => {
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  return Buffer.from(Array.from(text, (char) => byteOf(char, encoding)))
}

const LOCAL = {
  cp850: { ã: 0xc6, ç: 0x87, é: 0x82, á: 0xa0, Ã: 0xc7 },
  macintosh: { ã: 0x8b, ç: 0x8d, é: 0x8e, á: 0x87, Ã: 0xcc },
  'windows-1252': { '\u2019': 0x92, '\u2013': 0x96 },
} as const

const byteOf = (char: string, encoding: keyof typeof LOCAL): number => {
  const bytes: Readonly<Record<string, number>> = LOCAL[encoding]
  return bytes[char] ?? char.charCodeAt(0)
}
