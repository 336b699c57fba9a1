import { z } from 'zod'
import type { DistributionCenter } from '@mensageria/contracts'
import { outcomeByStatus } from '@mensageria/core'
import { defineIntegration } from '@mensageria/runtime'

const cityAnswer = z.object({ cityCode: z.string() })

const toCity = ({ address }: DistributionCenter) => ({ name: address.city, state: address.state })

/** Dmitri: registers the center's city. Many centers may share one, so the call is an upsert and safe to repeat. */
export const dmitri = defineIntegration({
  name: 'dmitri',
  configSchema: z.object({ DMITRI_URL: z.url(), DMITRI_TOKEN: z.string().min(1) }),
  async deliver({ data }, { http, idempotencyKey, now }) {
    const path = `/cities/${encodeURIComponent(data.address.cityCode)}`
    const answer = await http.put(path, toCity(data), { idempotencyKey })
    return outcomeByStatus(answer, {
      schema: cityAnswer,
      refusals: [404, 422],
      now,
      isOurs: ({ cityCode }) => cityCode === data.address.cityCode,
    })
  },
})
