import { Delivery, DistributionCenter, type Registration } from '@mensageria/contracts'
import { z } from 'zod'

const bodyOf = async <T>(response: Response, status: number, schema: z.ZodType<T>): Promise<T> => {
  const body: unknown = await response.json()
  if (response.status !== status) throw new Error(`Answered ${response.status}: ${JSON.stringify(body)}`)
  return schema.parse(body)
}

/** Registers a center over REST, as an internal tool does. */
export const register = async (url: string, registration: Registration): Promise<DistributionCenter> =>
  bodyOf(
    await fetch(`${url}/v1/distribution-centers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(registration),
    }),
    201,
    DistributionCenter,
  )

/** The deliveries of these centers, one a center and system. */
export const deliveriesOf = async (url: string, centerIds: readonly string[]): Promise<Delivery[]> => {
  const pages = await Promise.all(
    centerIds.map(async (id) =>
      bodyOf(
        await fetch(`${url}/v1/distribution-centers/${id}/deliveries`),
        200,
        z.object({ items: z.array(Delivery) }),
      ),
    ),
  )
  return pages.flatMap(({ items }) => items)
}
