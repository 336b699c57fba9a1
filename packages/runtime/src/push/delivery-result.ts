import type { DeliverResult } from '@mensageria/core'
import { z } from 'zod'

/** Header of the 204 that a hand-over gets; a refusal carries the same as member `result` of its problem document. */
export const RESULT_HEADER = 'delivery-result'

type Result = DeliverResult['result']

// A result that the core knows and this list does not is an error of types.
const RESULTS = {
  delivered: true,
  transient: true,
  misconfigured: true,
  rejected: true,
  unknown: true,
  superseded: true,
  duplicate: true,
  busy: true,
  'already-rejected': true,
  held: true,
  'lease-lost': true,
} as const satisfies Record<Result, true>

/** How a delivery ended, as the answer to a hand-over says it. */
export const DeliveryResult: z.ZodType<Result> = z.custom<Result>(
  (value) => typeof value === 'string' && Object.hasOwn(RESULTS, value),
)
