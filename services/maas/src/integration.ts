import { z } from 'zod'
import type { DistributionCenter } from '@mensageria/contracts'
import { defineIntegration } from '@mensageria/runtime'

const providerAnswer = z.object({ reference: z.string(), providerId: z.string().min(1) })

// A key that is undefined is not in the JSON: that is how what a center lacks is left out.
const toProvider = ({ name, taxId, address, contact }: DistributionCenter) => ({
  legalName: name,
  document: taxId,
  location: {
    cityCode: address.cityCode,
    state: address.state,
    postalCode: address.postalCode,
    line1: `${address.street}, ${address.number}`,
    line2: address.complement,
  },
  email: contact?.email,
  phone: contact?.phone,
})

/** MaaS: creates or replaces the provider under our own reference, so the call is safe to repeat. */
export const maas = defineIntegration({
  name: 'maas',
  deliver: async ({ data }, { http, outcome }) =>
    outcome(await http.put(`/v2/providers/${encodeURIComponent(data.id)}`, toProvider(data)), {
      schema: providerAnswer,
      rejectedBy: [400, 422],
      externalId: ({ providerId }) => providerId,
      isOurs: ({ reference }) => reference === data.id,
    }),
})
