import { z } from 'zod'

/** Faults that answer (or do not) in front of the system: the request has no effect. */
export const FrontMode = z.enum(['down', 'status', 'hang', 'reset', 'garbage', 'empty', 'huge', 'redirect'])
export type FrontMode = z.output<typeof FrontMode>

/** Faults that spoil the system's answer on its way back: the request has had its effect. */
export const SpoilMode = z.enum(['accept-then-reset', 'accept-then-hang', 'half-body', 'slow-drip'])
export type SpoilMode = z.output<typeof SpoilMode>

/** How a simulated system behaves. Setting dials replaces all of them: what is left out has its default again. */
export const Dials = z
  .strictObject({
    mode: z.enum(['up', ...FrontMode.options, ...SpoilMode.options]).default('up'),
    /** With mode `status` only: what is answered, and its `Retry-After` and JSON body. */
    status: z.int().min(200).max(599).optional(),
    retryAfter: z
      .string()
      .regex(/^[\x20-\x7e]{1,128}$/)
      .optional(),
    body: z.json().optional(),
    /** Every request waits so long before anything else happens, also when its client has gone meanwhile. */
    latencyMs: z.int().min(0).max(600_000).default(0),
    /** Share of the requests that the mode hits. */
    share: z.number().min(0).max(1).default(1),
    /** The mode ends after so many hits. */
    times: z.int().min(1).optional(),
    /** Whether a write with a known Idempotency-Key gets its first answer again and has no effect. */
    honorKeys: z.boolean().default(true),
    /** Tax ids and city codes whose data the system refuses with 422. */
    refuse: z.array(z.string().min(1)).default([]),
    /** A look-up does not see a record younger than this, where the system has one. */
    lookupLagMs: z.int().min(0).default(0),
  })
  .refine(({ mode, status }) => (mode === 'status') === (status !== undefined), {
    error: 'Belongs to the mode "status", which needs it',
    path: ['status'],
  })
  .refine(({ mode, retryAfter, body }) => mode === 'status' || (retryAfter ?? body) === undefined, {
    error: 'retryAfter and body belong to the mode "status"',
  })
export type Dials = z.output<typeof Dials>
export type DialsInput = z.input<typeof Dials>

/** A system that does what it should. */
export const DEFAULT_DIALS: Dials = Dials.parse({})

/** What happens to one request. */
export type Fault =
  | { when: 'never' }
  | { when: 'before'; mode: FrontMode }
  | { when: 'after'; mode: SpoilMode }

const afterHit = (dials: Dials): Dials => {
  const { times, status: _status, retryAfter: _retryAfter, body: _body, ...rest } = dials
  if (times === undefined) return dials
  return times > 1 ? { ...dials, times: times - 1 } : { ...rest, mode: 'up' }
}

/** Whether the mode hits this request, and the dials for the next one; `random` is in [0, 1). */
export const decideFault = (dials: Dials, random: number): { fault: Fault; next: Dials } => {
  if (dials.mode === 'up' || random >= dials.share) return { fault: { when: 'never' }, next: dials }
  const front = FrontMode.safeParse(dials.mode)
  const fault: Fault = front.success
    ? { when: 'before', mode: front.data }
    : { when: 'after', mode: SpoilMode.parse(dials.mode) }
  return { fault, next: afterHit(dials) }
}
