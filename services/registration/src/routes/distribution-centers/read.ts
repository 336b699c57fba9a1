import { DistributionCenter } from '@mensageria/contracts'
import { empty, json, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { CENTERS_PATH } from '../../center-answer.ts'
import { etagOf, namesTag } from '../../etag.ts'
import { findCenter } from '../../find-center.ts'
import type { RegistrationDeps } from '../../registration-deps.ts'
import { CenterParams } from '../../schemas/center-params.ts'
import { headerParameters } from '../../schemas/header-parameters.ts'

const schema = {
  summary: 'Read a distribution center',
  tags: ['Distribution centers'],
  params: CenterParams,
  headers: headerParameters({
    'if-none-match': { description: 'ETag of the version that the caller has', example: '"1"' },
  }),
  response: {
    200: json('The current version; its ETag goes into If-Match of a change', DistributionCenter),
    304: empty('The caller has the current version'),
    404: problem('not-found'),
    503: problem('unavailable'),
  },
}

/** GET /v1/distribution-centers/{id} */
export const readRoute =
  ({ centers }: RegistrationDeps): AppPlugin =>
  (app) => {
    app.get(`${CENTERS_PATH}/:id`, { schema }, async (request, reply) => {
      const center = await findCenter(centers, request.params.id)
      const etag = etagOf(center.version)
      reply.header('etag', etag)
      if (namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send(null)
      return reply.send(center)
    })
  }
