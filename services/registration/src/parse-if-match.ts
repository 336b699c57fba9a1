import type { ExpectedVersion } from '@mensageria/core'

// RFC 9110, 8.8.3: no quotes, spaces or control characters inside a tag.
const ENTITY_TAG = /^(?<weak>W\/)?"(?<tag>[\x21\x23-\x7e\x80-\xff]*)"$/

/** What an If-Match header asks for; `undefined` where it is malformed. */
export const parseIfMatch = (header: string): ExpectedVersion | undefined => {
  const value = header.trim()
  if (value === '*') return { any: true }
  const groups = ENTITY_TAG.exec(value)?.groups
  if (!groups) return undefined
  // If-Match compares strongly: a weak tag matches nothing, not even itself.
  return { any: false, tag: groups['weak'] === undefined ? groups['tag'] : undefined }
}
