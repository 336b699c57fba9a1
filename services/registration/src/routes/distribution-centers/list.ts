import { DistributionCenter, toSearch } from '@mensageria/contracts'
import type { CenterQuery } from '@mensageria/core'
import { badPageToken, json, orUnavailable, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import { CENTERS_PATH } from '../../center-answer.ts'
import type { RegistrationDeps } from '../../registration-deps.ts'
import { ListQuery } from '../../schemas/list-query.ts'

const CenterPage = z
  .object({ items: z.array(DistributionCenter), nextPageToken: z.string().optional() })
  .meta({ id: 'DistributionCenterPage' })

const schema = {
  summary: 'List distribution centers',
  description: 'Newest first. Where there is a `nextPageToken`, there are more.',
  tags: ['Distribution centers'],
  querystring: ListQuery,
  response: {
    200: json('One page', CenterPage),
    400: problem('invalid-request'),
    503: problem('unavailable'),
  },
}

const toQuery = ({ q, state, cityCode, pageToken, pageSize }: z.output<typeof ListQuery>): CenterQuery => ({
  pageSize,
  ...(pageToken === undefined ? {} : { pageToken }),
  ...(state === undefined ? {} : { state }),
  ...(cityCode === undefined ? {} : { cityCode }),
  ...(q === undefined ? {} : { q: toSearch(q) }),
})

/** GET /v1/distribution-centers */
export const listRoute =
  ({ centers }: RegistrationDeps): AppPlugin =>
  (app) => {
    app.get(CENTERS_PATH, { schema }, async (request, reply) => {
      const page = await orUnavailable(centers.list(toQuery(request.query))).catch(badPageToken)
      return reply.send(page)
    })
  }
