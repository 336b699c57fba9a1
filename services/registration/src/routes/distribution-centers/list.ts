import { defined, DistributionCenter, pageOf, toSearch } from '@mensageria/contracts'
import type { CenterQuery } from '@mensageria/core'
import { badPageToken, json, orUnavailable, positionOf, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { z } from 'zod'
import { CENTERS_PATH } from '../../center-answer.ts'
import type { RegistrationDeps } from '../../registration-deps.ts'
import { ListQuery } from '../../schemas/list-query.ts'

const schema = {
  summary: 'List distribution centers',
  description: 'Newest first. Where there is a `nextPageToken`, there are more.',
  tags: ['Distribution centers'],
  querystring: ListQuery,
  response: {
    200: json('One page', pageOf(DistributionCenter, 'DistributionCenterPage')),
    400: problem('invalid-request'),
    503: problem('unavailable'),
  },
}

const toQuery = ({ q, state, cityCode, ...position }: z.output<typeof ListQuery>): CenterQuery => ({
  ...positionOf(position),
  ...defined({ state, cityCode, q: q === undefined ? undefined : toSearch(q) }),
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
