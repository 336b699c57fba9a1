import { z } from 'zod'
import { AuthenticationFields, refuseStrangeSettings } from '../integrations/authentication.ts'
import { address } from './address.ts'

/** An HTTP endpoint that gets each center by POST. */
export const WebhookTarget = z
  .strictObject({
    url: address({ secure: 'https', plain: 'http', example: 'https://portal.example/hooks/centers' }).refine(
      (value) => URL.canParse(value),
    ),
    /** Statuses that refuse the data where the body proves it with `code` and `message`; none unless given. */
    rejected_by: z.array(z.int().min(400).max(499)).max(20).default([]),
    ...AuthenticationFields.shape,
  })
  .superRefine((target, context) =>
    refuseStrangeSettings(target, (field, message) =>
      context.addIssue({ code: 'custom', path: [field], message }),
    ),
  )
