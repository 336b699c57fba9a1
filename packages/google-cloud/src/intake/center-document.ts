import type { DocumentSnapshot } from '@google-cloud/firestore'
import { fold, type DistributionCenter } from '@mensageria/contracts'
import { textMatches, type CenterWrite, type StoredCenter } from '@mensageria/core'
import { jsonOf, textOf } from '../firestore/fields.ts'
import { LIST_SHARDS, shardOf } from '../firestore/shards.ts'

/** Code points of a search that an index answers; the rest is compared with what it finds. */
const PREFIX_MAX = 24

/** What a center is searched by, folded: name, code and CNPJ. */
export const keysOf = ({ name, code, taxId }: DistributionCenter): string[] =>
  [fold(name), code === undefined ? '' : fold(code), taxId.toLowerCase()].filter((key) => key !== '')

/** The part of a folded search text that the index can answer. */
export const indexedPrefix = (q: string): string => Array.from(q).slice(0, PREFIX_MAX).join('')

/** Every start of the center's name, code and CNPJ: what `array-contains` finds it by. */
export const prefixesOf = (center: DistributionCenter): string[] => {
  const prefixes = new Set<string>()
  for (const key of keysOf(center)) {
    const letters = Array.from(key).slice(0, PREFIX_MAX)
    for (const [index] of letters.entries()) prefixes.add(letters.slice(0, index + 1).join(''))
  }
  return [...prefixes]
}

/** Whether the center's name, code or CNPJ starts with a folded search text. */
export const startsWith = (center: DistributionCenter, q: string | undefined): boolean =>
  textMatches(keysOf(center), q)

/** The fields of a center's document: what lists ask for, beside the center itself. */
export const toCenterFields = ({ center, requestId, traceparent, actor }: CenterWrite['stored']) => ({
  version: center.version,
  requestId,
  traceparent: traceparent ?? null,
  actor,
  center: JSON.stringify(center),
  state: center.address.state,
  cityCode: center.address.cityCode,
  prefixes: prefixesOf(center),
  createdAt: Date.parse(center.createdAt),
  updatedAt: Date.parse(center.updatedAt),
  listShard: shardOf(center.id, LIST_SHARDS),
})

/** The center that a document holds. */
export const centerOf = (snapshot: DocumentSnapshot): DistributionCenter => jsonOf(snapshot, 'center')

/** The center that a document holds, with what its last write left beside it. */
export const toStoredCenter = (snapshot: DocumentSnapshot): StoredCenter => {
  const traceparent: unknown = snapshot.get('traceparent')
  const actor: unknown = snapshot.get('actor')
  return {
    center: centerOf(snapshot),
    requestId: textOf(snapshot, 'requestId'),
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
    ...(typeof actor === 'string' ? { actor } : {}),
  }
}
