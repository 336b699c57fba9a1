import { open } from 'node:fs/promises'
import { REJECT_COLUMNS } from './columns.ts'
import type { Row, RowReader } from './row.ts'

export type Reject = { row: Row; reason: string }

/** Where rejected rows go: in the format of the input, with line and reason, so that it can be corrected and imported. */
export type RejectFile = {
  /** Appends, on the disk when it resolves with the size of the file. */
  append(rejects: readonly Reject[]): Promise<number>
  close(): Promise<void>
}

const quote = (field: string, delimiter: string): string =>
  field.includes('"') || field.includes(delimiter) || /[\r\n]/.test(field)
    ? `"${field.replaceAll('"', '""')}"`
    : field

const csvLine = (fields: readonly string[], delimiter: string): string =>
  `${fields.map((field) => quote(field, delimiter)).join(delimiter)}\n`

const withoutOwn = (head: readonly string[], fields: readonly string[]): string[] =>
  fields.filter((_field, index) => !REJECT_COLUMNS.some((column) => head[index] === column))

/** One rejected row as a line of the file. Its own columns stand in front: a row with fields too many keeps them. */
export const rejectLine = ({ row, reason }: Reject, { head, delimiter }: RowReader): string => {
  const own = [String(row.line), reason]
  if (typeof row.source !== 'string') {
    return csvLine([...own, ...withoutOwn(head ?? [], row.source)], delimiter)
  }
  const what = 'registration' in row.content ? row.content.registration : { text: row.source }
  return `${JSON.stringify({ rejectedLine: row.line, rejectedReason: reason, ...what })}\n`
}

/** Opens the file and cuts it down to `bytes`; a new CSV file gets its head. */
export const openRejectFile = async (
  file: string,
  reader: RowReader,
  bytes: number,
): Promise<RejectFile & { bytes: number }> => {
  const handle = await open(file, bytes === 0 ? 'w' : 'r+')
  let size = bytes
  const write = async (text: string): Promise<void> => {
    const data = Buffer.from(text)
    await handle.write(data, 0, data.length, size)
    size += data.length
    await handle.sync()
  }
  await handle.truncate(bytes)
  const { head, delimiter } = reader
  if (bytes === 0 && head) await write(csvLine([...REJECT_COLUMNS, ...withoutOwn(head, head)], delimiter))
  return {
    bytes: size,
    append: async (rejects) => {
      if (rejects.length > 0) await write(rejects.map((reject) => rejectLine(reject, reader)).join(''))
      return size
    },
    close: () => handle.close(),
  }
}
