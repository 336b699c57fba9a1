import { z } from 'zod'
import type { DistributionCenter } from '@mensageria/contracts'
import { outcomeByStatus } from '@mensageria/core'
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
  configSchema: z.object({ MAAS_URL: z.url(), MAAS_TOKEN: z.string().min(1) }),
  async deliver({ data }, { http, idempotencyKey, now }) {
    const path = `/v2/providers/${encodeURIComponent(data.id)}`
    const answer = await http.put(path, toProvider(data), { idempotencyKey })
    return outcomeByStatus(answer, {
      schema: providerAnswer,
      refusals: [400, 422],
      now,
      externalId: ({ providerId }) => providerId,
      isOurs: ({ reference }) => reference === data.id,
    })
  },
})
