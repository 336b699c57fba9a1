import { createHash } from 'node:crypto'
import type { TextAttribute } from '../aws/attributes.ts'

const TEXT = Buffer.from([1])

const withLength = (text: string): Buffer => {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** The MD5 of a body as SQS answers it: no protection, a proof that what arrived is what was sent. */
export const md5OfBody = (body: string): string => createHash('md5').update(body).digest('hex')

/** The MD5 of attributes as SQS answers it: by name, each part with its length (SQS developer guide, message metadata). */
export const md5OfAttributes = (attributes: Readonly<Record<string, TextAttribute>>): string => {
  const hash = createHash('md5')
  const byName = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, { DataType, StringValue }] of byName)
    hash.update(Buffer.concat([withLength(name), withLength(DataType), TEXT, withLength(StringValue)]))
  return hash.digest('hex')
}
