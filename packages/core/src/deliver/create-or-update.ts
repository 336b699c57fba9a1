import type { CallContext } from './call.ts'
import {
  failureByStatus,
  isRefusal,
  outcomeByStatus,
  type BodySchema,
  type Expected,
  type FailedOutcome,
  type HttpResult,
  type Outcome,
} from './outcome.ts'

/** How to find out what a system has of ours. */
export type Existing<Page, Found extends { id: string }> = {
  /** Asks for what is there under our own reference. */
  get: () => Promise<HttpResult>
  /** The body of its 200. With any other answer nothing is known, and nothing is created blindly. */
  schema: BodySchema<Page>
  /** What is ours in it. Compare the reference: were the filter ignored, the first one would be somebody else's. */
  pick: (page: Page) => Found | undefined
  /** Statuses by which the system says that it has none, with a body `{ code, message }`: a gateway's 404 says nothing. */
  noneBy?: readonly number[]
}

/** A system whose create is not safe to repeat: what may exist there is looked up first. */
export type CreateOrUpdate<Page, Found extends { id: string }, Body> = {
  create: () => Promise<HttpResult>
  existing: Existing<Page, Found>
  /** Whether what is there says all that we would send. */
  isEqual: (found: Found) => boolean
  update: (found: Found) => Promise<HttpResult>
  /** What the answers to `create` and `update` must be. */
  written: Expected<Body>
}

type Facts = Pick<CallContext, 'now' | 'mayHaveEffect' | 'lastFailure'>
type Call<Page, Found extends { id: string }, Body> = CreateOrUpdate<Page, Found, Body> & { facts: Facts }
type LookedUp<Found> = { ok: true; found: Found | undefined } | { ok: false; outcome: FailedOutcome }

const isStatus = (answer: HttpResult, status: number): boolean =>
  answer.type === 'response' && answer.status === status

const lookUp = async <Page, Found extends { id: string }>(
  { get, schema, pick, noneBy = [] }: Existing<Page, Found>,
  now: number,
): Promise<LookedUp<Found>> => {
  const answer = await get()
  if (answer.type === 'response' && noneBy.includes(answer.status) && isRefusal(answer.body)) {
    return { ok: true, found: undefined }
  }
  const parsed = schema.safeParse(isStatus(answer, 200) && 'body' in answer ? answer.body : undefined)
  if (!isStatus(answer, 200) || !parsed.success)
    return { ok: false, outcome: failureByStatus(answer, [], now) }
  return { ok: true, found: pick(parsed.data) }
}

// A look-up may lag behind a create. What both limits have passed without is there under another reference. They count
// from the first answer of this kind: attempts of an outage before it say nothing about the look-up.
const LAG_ATTEMPTS_MAX = 3
const LAG_MS_MAX = 15 * 60_000
const NOT_FOUND = 'exists-not-found'

const existsButNotFound = ({ lastFailure }: Facts): FailedOutcome =>
  lastFailure?.cause === NOT_FOUND &&
  lastFailure.times >= LAG_ATTEMPTS_MAX &&
  lastFailure.lastedMs >= LAG_MS_MAX
    ? {
        kind: 'rejected',
        cause: 'rejected:exists-elsewhere',
        httpStatus: 409,
        message: 'Rejected the data: it exists there, but not as ours',
      }
    : {
        kind: 'transient',
        cause: NOT_FOUND,
        httpStatus: 409,
        message: 'Answered that it exists, but does not find it yet',
      }

// `mayRecreate` is given away once, so that a look-up which goes on showing what is gone cannot keep us in a circle.
const update = async <Page, Found extends { id: string }, Body>(
  call: Call<Page, Found, Body>,
  found: Found,
  mayRecreate: boolean,
): Promise<Outcome> => {
  if (call.isEqual(found)) return { kind: 'delivered', externalId: found.id }
  const answer = await call.update(found)
  if (mayRecreate && isStatus(answer, 404)) return create(call, false)
  const outcome = outcomeByStatus(answer, { ...call.written, now: call.facts.now })
  return outcome.kind === 'delivered' ? { externalId: found.id, ...outcome } : outcome
}

const create = async <Page, Found extends { id: string }, Body>(
  call: Call<Page, Found, Body>,
  mayRecreate: boolean,
): Promise<Outcome> => {
  const { facts, existing, written } = call
  const answer = await call.create()
  if (!isStatus(answer, 409)) return outcomeByStatus(answer, { ...written, now: facts.now })
  const lookedUp = await lookUp(existing, facts.now)
  if (!lookedUp.ok) return lookedUp.outcome
  return lookedUp.found ? update(call, lookedUp.found, mayRecreate) : existsButNotFound(facts)
}

/**
 * Creates, or updates what is there. It looks up before it creates where an effect may be there already, and after a 409:
 * found and equal is delivered, found and different is updated, and what an update answers with 404 is created once. What
 * exists and is not found may come late: that is transient for 3 attempts and 15 minutes, then rejected.
 */
export const createOrUpdate = async <Page, Found extends { id: string }, Body>(
  facts: Facts,
  wanted: CreateOrUpdate<Page, Found, Body>,
): Promise<Outcome> => {
  const call = { ...wanted, facts }
  if (!facts.mayHaveEffect) return create(call, true)
  const lookedUp = await lookUp(wanted.existing, facts.now)
  if (!lookedUp.ok) return lookedUp.outcome
  return lookedUp.found ? update(call, lookedUp.found, true) : create(call, true)
}
