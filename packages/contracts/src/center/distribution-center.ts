import { z } from 'zod'

const address = z.object({
  street: z.string(),
  number: z.string(),
  complement: z.string().optional(),
  district: z.string(),
  city: z.string(),
  cityCode: z.string(),
  state: z.string(),
  postalCode: z.string(),
})

/**
 * A stored center, as answers and events carry it. Not strict: a consumer accepts fields that a later minor version adds.
 * `version` counts 1, 2, ... with each change; times are RFC 3339 in UTC.
 */
export const DistributionCenter = z
  .object({
    id: z.uuid(),
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    name: z.string(),
    code: z.string().optional(),
    taxId: z.string(),
    address,
    location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
    contact: z
      .object({ name: z.string().optional(), email: z.string().optional(), phone: z.string().optional() })
      .optional(),
  })
  .meta({ id: 'DistributionCenter' })
export type DistributionCenter = z.output<typeof DistributionCenter>

/** Whether the event reached the broker before the answer was written; `pending`: the sweeper publishes it. */
export const Publication = z.enum(['published', 'pending'])
export type Publication = z.output<typeof Publication>

/** The answer to a registration or an update: the center, and how far its event got. */
export const AcceptedCenter = DistributionCenter.extend({ publication: Publication }).meta({
  id: 'AcceptedCenter',
})
export type AcceptedCenter = z.output<typeof AcceptedCenter>
