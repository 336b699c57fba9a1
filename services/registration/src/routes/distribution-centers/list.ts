import { DistributionCenter } from '@mensageria/contracts'
import { InvalidPageTokenError } from '@mensageria/delivery'
import type { CenterQuery } from '@mensageria/delivery'
import { ProblemError } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import { CENTERS_PATH } from '../../center-answer.ts'
import { orUnavailable } from '../../or-unavailable.ts'
import type { RegistrationDeps } from '../../registration-deps.ts'
import { ListQuery, toSearch } from '../../schemas/list-query.ts'
import { json, problem } from '../../schemas/responses.ts'

const CenterPage = z
  .object({ items: z.array(DistributionCenter), nextPageToken: z.string().optional() })
  .meta({ id: 'DistributionCenterPage' })

const schema = {
  summary: 'List distribution centres',
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

const badPageToken = (error: unknown): never => {
  if (!(error instanceof InvalidPageTokenError)) throw error
  const detail = 'Must be the nextPageToken of a page'
  throw new ProblemError('invalid-request', { errors: [{ pointer: '/query/pageToken', detail }] })
}

/** GET /v1/distribution-centers */
export const listRoute =
  ({ centers }: RegistrationDeps): AppPlugin =>
  (app) => {
    app.get(CENTERS_PATH, { schema }, async (request, reply) => {
      const page = await orUnavailable(centers.list(toQuery(request.query))).catch(badPageToken)
      return reply.send(page)
    })
  }
