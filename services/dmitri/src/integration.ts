import { z } from 'zod'
import type { DistributionCenter } from '@mensageria/contracts'
import { defineIntegration } from '@mensageria/runtime'

const cityAnswer = z.object({ cityCode: z.string() })

const toCity = ({ address }: DistributionCenter) => ({ name: address.city, state: address.state })

/** Dmitri: registers the center's city. Many centers may share one, so the call is an upsert and safe to repeat. */
export const dmitri = defineIntegration({
  name: 'dmitri',
  deliver: async ({ data }, { http, outcome }) =>
    outcome(await http.put(`/cities/${encodeURIComponent(data.address.cityCode)}`, toCity(data)), {
      schema: cityAnswer,
      rejectedBy: [404, 422],
      isOurs: ({ cityCode }) => cityCode === data.address.cityCode,
    }),
})
