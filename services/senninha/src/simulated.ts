import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  invalidBody,
  postalCode,
  refusal,
  refusedBy,
  state,
  text,
  type HttpResult,
  type Call,
  type System,
} from '@mensageria/simulator/system'

const ProviderBody = z.strictObject({
  externalId: text,
  name: text,
  taxId: text,
  address: z.strictObject({
    street: text,
    number: text,
    district: text,
    city: text,
    state,
    zipCode: postalCode,
  }),
  contact: z
    .strictObject({ name: text.optional(), email: text.optional(), phone: text.optional() })
    .optional(),
})
type ProviderBody = z.output<typeof ProviderBody>

const Lookup = z.strictObject({ externalId: text })

type Stored = { id: string; body: ProviderBody; createdAt: number }

/** The same providers under their three keys, so that a large run stays fast. */
type Providers = Record<'byId' | 'byExternalId' | 'byTaxId', Map<string, Stored>>

const toProvider = ({ id, body }: Stored) => ({ id, ...body })

/** Two providers may share neither externalId nor taxId; an update may keep its own. */
const conflict = (providers: Providers, body: ProviderBody, ownId?: string): HttpResult | undefined => {
  const taken = (found: Stored | undefined) => found !== undefined && found.id !== ownId
  if (taken(providers.byExternalId.get(body.externalId))) {
    return refusal(409, 'external-id-exists', 'A provider with this externalId exists')
  }
  if (taken(providers.byTaxId.get(body.taxId))) {
    return refusal(409, 'tax-id-exists', 'A provider with this taxId exists')
  }
  return undefined
}

const store = (providers: Providers, provider: Stored, before?: Stored): void => {
  if (before) {
    providers.byExternalId.delete(before.body.externalId)
    providers.byTaxId.delete(before.body.taxId)
  }
  providers.byId.set(provider.id, provider)
  providers.byExternalId.set(provider.body.externalId, provider)
  providers.byTaxId.set(provider.body.taxId, provider)
}

const createProvider = (providers: Providers, { body, dials, now }: Call): HttpResult => {
  const parsed = ProviderBody.safeParse(body)
  if (!parsed.success) return invalidBody(422, parsed.error)
  const problem = refusedBy(dials, { 'tax-id': parsed.data.taxId }) ?? conflict(providers, parsed.data)
  if (problem) return problem
  const id = randomUUID()
  store(providers, { id, body: parsed.data, createdAt: now })
  return { status: 201, body: { id }, effect: { operation: 'create', subject: parsed.data.externalId } }
}

const updateProvider = (providers: Providers, { id, body, dials }: Call): HttpResult => {
  const parsed = ProviderBody.safeParse(body)
  if (!parsed.success) return invalidBody(422, parsed.error)
  const found = providers.byId.get(id)
  if (!found) return refusal(404, 'not-found', 'There is no provider with this id')
  const problem = refusedBy(dials, { 'tax-id': parsed.data.taxId }) ?? conflict(providers, parsed.data, id)
  if (problem) return problem
  store(providers, { ...found, body: parsed.data }, found)
  return { status: 200, body: { id }, effect: { operation: 'update', subject: parsed.data.externalId } }
}

const findProviders = (providers: Providers, { query, dials, now }: Call): HttpResult => {
  const parsed = Lookup.safeParse(query)
  if (!parsed.success) return invalidBody(422, parsed.error)
  const found = providers.byExternalId.get(parsed.data.externalId)
  const visible = found !== undefined && now - found.createdAt >= dials.lookupLagMs
  return { status: 200, body: { items: visible ? [toProvider(found)] : [] } }
}

/** Senninha: providers with ids of its own; a second create of the same one is refused with 409. */
export const createSystem = (): System => {
  const providers: Providers = { byId: new Map(), byExternalId: new Map(), byTaxId: new Map() }
  return {
    routes: [
      { method: 'POST', url: '/providers', handle: (call) => createProvider(providers, call) },
      { method: 'PUT', url: '/providers/:id', handle: (call) => updateProvider(providers, call) },
      { method: 'GET', url: '/providers', handle: (call) => findProviders(providers, call) },
    ],
    records: () => [...providers.byId.values()].map(toProvider),
    clear: () => Object.values(providers).forEach((byKey) => byKey.clear()),
  }
}
