import type { Rpc } from '@mensageria/google-cloud/store'
import { z } from 'zod'

const field = z.object({ fieldPath: z.string() })
const filter = z.union([
  z.object({ fieldFilter: z.object({ field, op: z.string() }) }),
  z.object({
    compositeFilter: z.object({
      filters: z.array(z.object({ fieldFilter: z.object({ field, op: z.string() }) })),
    }),
  }),
])

// google.firestore.v1.StructuredQuery, as far as our queries use it.
const StructuredQuery = z.object({
  from: z.array(z.object({ collectionId: z.string() })).length(1),
  // Absent where a query goes through a small collection by the names of its documents.
  where: filter.nullish(),
  orderBy: z.array(z.object({ field, direction: z.string() })).default([]),
  limit: z.object({ value: z.number() }).nullish(),
})

const RunQueryRequest = z.object({
  structuredQuery: StructuredQuery.extend({ limit: z.object({ value: z.number() }) }),
})

const RunAggregationQueryRequest = z.object({
  structuredAggregationQuery: z.object({
    structuredQuery: StructuredQuery,
    aggregations: z
      .array(z.union([z.object({ count: z.object({}) }), z.object({ sum: z.object({ field }) })]))
      .min(1)
      .max(5),
  }),
})

/** What a query asks: the fields that it compares, sorts by, and how many documents it may give; a count gives none. */
export type AskedQuery = {
  collection: string
  /** Compared with one value, or with several. */
  equal: string[]
  contains: string[]
  range: string[]
  orders: { field: string; direction: string }[]
  /** Added up: an index must hold these too. */
  summed: string[]
  limit: number
}

const QUERIES = new Set(['RunQuery', 'RunAggregationQuery'])

/** The requests that are queries. */
export const queriesOf = (rpcs: readonly Rpc[]): AskedQuery[] =>
  rpcs.filter(({ method }) => QUERIES.has(method)).map(queryOf)

/** The query of a request. Throws for one without a limit: no query of ours may be so. */
export const queryOf = ({ method, request }: Rpc): AskedQuery => {
  const { structuredQuery, aggregations } =
    method === 'RunQuery'
      ? { ...RunQueryRequest.parse(request), aggregations: [] }
      : RunAggregationQueryRequest.parse(request).structuredAggregationQuery
  const { from, where, orderBy, limit } = structuredQuery
  const filters = !where ? [] : 'fieldFilter' in where ? [where] : where.compositeFilter.filters
  const fieldsBy = (...ops: string[]) =>
    filters
      .filter(({ fieldFilter }) => ops.includes(fieldFilter.op))
      .map(({ fieldFilter }) => fieldFilter.field.fieldPath)
  return {
    collection: from.map(({ collectionId }) => collectionId).join(''),
    equal: fieldsBy('EQUAL', 'IN'),
    contains: fieldsBy('ARRAY_CONTAINS'),
    range: fieldsBy('LESS_THAN_OR_EQUAL', 'LESS_THAN', 'GREATER_THAN', 'GREATER_THAN_OR_EQUAL'),
    orders: orderBy
      .filter((order) => order.field.fieldPath !== '__name__')
      .map((order) => ({ field: order.field.fieldPath, direction: order.direction })),
    summed: aggregations.flatMap((one) => ('sum' in one ? [one.sum.field.fieldPath] : [])),
    limit: limit?.value ?? 0,
  }
}
