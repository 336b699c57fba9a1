import { z } from 'zod'

/** The states that a stored row can have. */
export const DeliveryState = z.enum(['delivering', 'retrying', 'parked', 'rejected', 'delivered'])
export type DeliveryState = z.output<typeof DeliveryState>

/** Why a delivery is not done: one of these kinds. `held` means that no call was made. */
export const FailureKind = z.enum(['transient', 'misconfigured', 'rejected', 'unknown', 'held'])
export type FailureKind = z.output<typeof FailureKind>

/** The last failure of a delivery; `cause` is a stable key to group by, for example `http-503` or `connection-refused`. */
export const Failure = z.object({
  kind: FailureKind,
  cause: z.string(),
  httpStatus: z.int().optional(),
  message: z.string(),
  at: z.iso.datetime(),
})
export type Failure = z.output<typeof Failure>

/** One external call: when it began, who asked for it, how long it took and how it ended. */
export const Attempt = z.object({
  at: z.iso.datetime(),
  version: z.int().min(1),
  trigger: z.string(),
  durationMs: z.number().min(0),
  result: z.enum(['delivered', 'transient', 'misconfigured', 'rejected', 'unknown']),
  cause: z.string().optional(),
  httpStatus: z.int().optional(),
  simulated: z.literal(true).optional().meta({ description: 'A simulator answered, not the system' }),
})
export type Attempt = z.output<typeof Attempt>

/** The delivery of one center to one integration, as the APIs show it. */
export const Delivery = z
  .object({
    integration: z.string(),
    centerId: z.string(),
    version: z.int(),
    deliveredVersion: z.int(),
    state: z.enum(['waiting', ...DeliveryState.options]),
    attempts: z.int(),
    firstAttemptAt: z.iso.datetime().optional(),
    lastAttemptAt: z.iso.datetime().optional(),
    nextAttemptAt: z.iso.datetime().optional(),
    notBefore: z.iso.datetime().optional(),
    parkedAt: z.iso.datetime().optional(),
    lastFailure: Failure.optional(),
    externalId: z.string().optional(),
    simulated: z.literal(true).optional().meta({
      description: 'The newest outcome is a simulator’s: the system itself has nothing of it',
    }),
    history: z.array(Attempt),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.output<typeof Delivery>
