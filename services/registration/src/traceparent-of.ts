import { Traceparent } from '@mensageria/contracts'
import type { Ids } from '@mensageria/core'

/** The trace that the caller is in, or a new one where it sent none that is valid. */
export const traceparentOf = (header: unknown, ids: Pick<Ids, 'traceparent'>): string =>
  (header === undefined ? undefined : Traceparent.safeParse(header).data) ?? ids.traceparent()
