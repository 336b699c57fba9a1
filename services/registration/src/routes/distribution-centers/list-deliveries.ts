import { Delivery } from '@mensageria/contracts'
import type { DistributionCenter } from '@mensageria/contracts'
import { isOwed, toDelivery } from '@mensageria/core'
import type { DeliveryRow, IntegrationSettings } from '@mensageria/core'
import { json, orUnavailable, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import { CENTERS_PATH } from '../../center-answer.ts'
import { findCenter } from '../../find-center.ts'
import type { RegistrationDeps } from '../../registration-deps.ts'
import { CenterParams } from '../../schemas/center-params.ts'

const Deliveries = z.object({ items: z.array(Delivery) }).meta({ id: 'DistributionCenterDeliveries' })

const schema = {
  summary: 'See how far a distribution center has got',
  description: 'One row per integration, also where nothing has happened yet (`waiting`).',
  tags: ['Distribution centers'],
  params: CenterParams,
  response: {
    200: json('The deliveries of the current version', Deliveries),
    404: problem('not-found'),
    503: problem('unavailable'),
  },
}

const toDeliveries = (
  center: DistributionCenter,
  rows: readonly DeliveryRow[],
  integrations: readonly IntegrationSettings[],
): Delivery[] =>
  integrations.flatMap((settings) => {
    const row = rows.find(({ integration }) => integration === settings.name)
    // A center from before the integration's time is shown only once somebody has asked for it.
    const owed = isOwed(settings, { row, createdAt: Date.parse(center.createdAt) })
    return owed ? [toDelivery(row, center, settings)] : []
  })

/** GET /v1/distribution-centers/{id}/deliveries */
export const listDeliveriesRoute =
  ({ centers, ledger, integrations }: RegistrationDeps): AppPlugin =>
  (app) => {
    app.get(`${CENTERS_PATH}/:id/deliveries`, { schema }, async ({ params }, reply) => {
      const center = await findCenter(centers, params.id)
      const rows = await orUnavailable(ledger.ofCenter(center.id))
      return reply.send({ items: toDeliveries(center, rows, integrations) })
    })
  }
