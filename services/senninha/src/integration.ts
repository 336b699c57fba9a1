import { z } from 'zod'
import type { DistributionCenter } from '@mensageria/contracts'
import { defineIntegration } from '@mensageria/runtime'

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
const WriteAnswer = z.object({ id: z.string().min(1), externalId: part })

type ProviderData = z.output<typeof ProviderData>

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

/** Senninha: creates the provider. A create is not safe to repeat there, so what may exist is looked up first. */
export const senninha = defineIntegration({
  name: 'senninha',
  deliver({ data }, { http, createOrUpdate }) {
    const provider = toProvider(data)
    return createOrUpdate({
      create: () => http.post('/providers', provider),
      existing: {
        get: () => http.get(`/providers?externalId=${encodeURIComponent(data.id)}`),
        schema: LookUpAnswer,
        pick: ({ items }) => items.find(({ externalId }) => externalId === data.id),
      },
      isEqual: (found) => comparable(found) === comparable(provider),
      update: ({ id }) => http.put(`/providers/${encodeURIComponent(id)}`, provider),
      written: {
        schema: WriteAnswer,
        rejectedBy: [422],
        externalId: ({ id }) => id,
        isOurs: ({ externalId }) => (externalId ?? data.id) === data.id,
      },
    })
  },
})
