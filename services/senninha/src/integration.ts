import { z } from 'zod'
import type { DistributionCenter } from '@mensageria/contracts'
import { failureByStatus, outcomeByStatus } from '@mensageria/core'
import type { HttpResult, CallContext, FailedOutcome, Outcome } from '@mensageria/core'
import { defineIntegration } from '@mensageria/runtime'
import type { DownstreamHttp } from '@mensageria/runtime'

const part = z.string().nullish()
const address = z.object({
  street: part,
  number: part,
  district: part,
  city: part,
  state: part,
  zipCode: part,
})
const contact = z.object({ name: part, email: part, phone: part }).nullish()

// All that we ever send, so that a field which the center no longer has counts as a difference too.
const ProviderData = z.object({ externalId: z.string(), name: part, taxId: part, address, contact })
const FoundProvider = z.looseObject({ id: z.string().min(1), externalId: z.string() })
const LookUpAnswer = z.object({ items: z.array(FoundProvider) })
const WriteAnswer = z.object({ id: z.string().min(1) })

type ProviderData = z.output<typeof ProviderData>
type FoundProvider = z.output<typeof FoundProvider>
type Call = { provider: ProviderData; context: Omit<CallContext, 'signal'> & { http: DownstreamHttp } }

// A key that is undefined is not in the JSON: that is how a contact that the center lacks is left out.
const toProvider = ({ id, name, taxId, address: from, ...data }: DistributionCenter): ProviderData => ({
  externalId: id,
  name,
  taxId,
  address: {
    street: from.street,
    number: from.number,
    district: from.district,
    city: from.city,
    state: from.state,
    zipCode: from.postalCode,
  },
  contact: data.contact,
})

// The schema fixes the order of the keys and drops what is not ours; a null says the same as an absent field.
const comparable = (provider: unknown): string | undefined => {
  const { data } = ProviderData.safeParse(provider)
  return data && JSON.stringify({ ...data, contact: data.contact ?? {} }, (_, value) => value ?? undefined)
}

const isStatus = (answer: HttpResult, status: number): boolean =>
  answer.type === 'response' && answer.status === status

const toOutcome = (answer: HttpResult, { context: { now } }: Call): Outcome =>
  outcomeByStatus(answer, { schema: WriteAnswer, refusals: [422], now, externalId: ({ id }) => id })

type LookedUp = { ok: true; found: FoundProvider | undefined } | { ok: false; outcome: FailedOutcome }

const lookUp = async ({ provider: { externalId }, context }: Call): Promise<LookedUp> => {
  const answer = await context.http.get(`/providers?externalId=${encodeURIComponent(externalId)}`)
  const body = answer.type === 'response' && answer.status === 200 ? answer.body : undefined
  const { data } = LookUpAnswer.safeParse(body)
  if (!data) return { ok: false, outcome: failureByStatus(answer, [], context.now) }
  // Were the filter ignored, the first item would be somebody else's provider.
  return { ok: true, found: data.items.find((item) => item.externalId === externalId) }
}

// A look-up may lag behind a create. What both limits have passed without is there under another externalId. They count
// from the first answer of this kind: attempts of an outage before it say nothing about the look-up.
const LAG_ATTEMPTS_MAX = 3
const LAG_MS_MAX = 15 * 60_000
const NOT_FOUND = 'exists-not-found'

const existsButNotFound = ({ context: { lastFailure } }: Call): FailedOutcome =>
  lastFailure?.cause === NOT_FOUND &&
  lastFailure.times >= LAG_ATTEMPTS_MAX &&
  lastFailure.lastedMs >= LAG_MS_MAX
    ? {
        kind: 'rejected',
        cause: 'rejected:exists-elsewhere',
        httpStatus: 409,
        message: 'Rejected the data: the provider exists there, but not as ours',
      }
    : {
        kind: 'transient',
        cause: NOT_FOUND,
        httpStatus: 409,
        message: 'Answered that the provider exists, but does not find it yet',
      }

// `mayRecreate` is given away once, so that a look-up which goes on showing what is gone cannot keep us in a circle.
const update = async (found: FoundProvider, call: Call, mayRecreate: boolean): Promise<Outcome> => {
  if (comparable(found) === comparable(call.provider)) return { kind: 'delivered', externalId: found.id }
  const { http, idempotencyKey } = call.context
  const answer = await http.put(`/providers/${encodeURIComponent(found.id)}`, call.provider, {
    idempotencyKey,
  })
  return mayRecreate && isStatus(answer, 404) ? create(call, false) : toOutcome(answer, call)
}

const create = async (call: Call, mayRecreate: boolean): Promise<Outcome> => {
  const { http, idempotencyKey } = call.context
  const answer = await http.post('/providers', call.provider, { idempotencyKey })
  if (!isStatus(answer, 409)) return toOutcome(answer, call)
  const lookedUp = await lookUp(call)
  if (!lookedUp.ok) return lookedUp.outcome
  return lookedUp.found ? update(lookedUp.found, call, mayRecreate) : existsButNotFound(call)
}

/** Senninha: creates the provider. A create is not safe to repeat there, so what may exist is looked up first. */
export const senninha = defineIntegration({
  name: 'senninha',
  configSchema: z.object({ SENNINHA_URL: z.url(), SENNINHA_TOKEN: z.string().min(1) }),
  async deliver({ data }, context) {
    const call = { provider: toProvider(data), context }
    if (!context.mayHaveEffect) return create(call, true)
    const lookedUp = await lookUp(call)
    if (!lookedUp.ok) return lookedUp.outcome
    return lookedUp.found ? update(lookedUp.found, call, true) : create(call, true)
  },
})
