import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  invalidBody,
  postalCode,
  refusedBy,
  state,
  text,
  type HttpResult,
  type Call,
  type System,
} from '@mensageria/simulator/system'

const ProviderBody = z.strictObject({
  legalName: text,
  document: text,
  location: z.strictObject({ cityCode: text, state, postalCode, line1: text, line2: text.optional() }),
  email: text.optional(),
  phone: text.optional(),
})
type ProviderBody = z.output<typeof ProviderBody>

type Stored = { reference: string; providerId: string } & ProviderBody
type Providers = Map<string, Stored>

const upsertProvider = (providers: Providers, { id: reference, body, dials }: Call): HttpResult => {
  const parsed = ProviderBody.safeParse(body)
  if (!parsed.success) return invalidBody(400, parsed.error)
  const { document, location } = parsed.data
  const problem = refusedBy(dials, { 'tax-id': document, 'city-code': location.cityCode })
  if (problem) return problem
  const known = providers.get(reference)
  const providerId = known?.providerId ?? randomUUID()
  providers.set(reference, { reference, providerId, ...parsed.data })
  return {
    status: known ? 200 : 201,
    body: { reference, providerId },
    effect: { operation: 'upsert', subject: reference },
  }
}

/** MaaS: providers by the caller's own reference, created or replaced by the same call. */
export const createSystem = (): System => {
  const providers: Providers = new Map()
  return {
    routes: [{ method: 'PUT', url: '/v2/providers/:id', handle: (call) => upsertProvider(providers, call) }],
    records: () => [...providers.values()],
    clear: () => providers.clear(),
  }
}
