import { AcceptedCenter } from '@mensageria/contracts'
import type { ExpectedVersion, UpdateResult } from '@mensageria/core'
import { callerIdOf, json, orUnavailable, problem, ProblemError } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { FastifyRequest } from 'fastify'
import { accepted, CENTERS_PATH, centerHeaders } from '../../center-answer.ts'
import { etagOf } from '../../etag.ts'
import { findCenter, notFound } from '../../find-center.ts'
import { parseIfMatch } from '../../parse-if-match.ts'
import type { RegistrationDeps } from '../../registration-deps.ts'
import { CenterParams } from '../../schemas/center-params.ts'
import { headerParameters } from '../../schemas/header-parameters.ts'
import { RegistrationBody } from '../../schemas/registration-body.ts'
import { traceparentOf } from '../../traceparent-of.ts'

const schema = {
  summary: 'Change a distribution center',
  description: 'Replaces the data. Data equal to the current version is answered 200 and changes nothing.',
  tags: ['Distribution centers'],
  params: CenterParams,
  headers: headerParameters({
    'if-match': { description: 'Required: ETag of the version that is changed, or `*`', example: '"1"' },
    traceparent: {
      description: 'W3C trace context, continued to the downstream calls',
      example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    },
  }),
  body: RegistrationBody,
  response: {
    200: json('Changed, or equal already; with ETag and Location', AcceptedCenter),
    400: problem('invalid-request'),
    404: problem('not-found'),
    412: problem('version-mismatch'),
    413: problem('content-too-large'),
    415: problem('unsupported-media-type'),
    428: problem('precondition-required'),
    503: problem('unavailable'),
  },
}

const expectedVersion = ({ headers }: Pick<FastifyRequest, 'headers'>): ExpectedVersion => {
  const header = headers['if-match']
  if (header === undefined)
    throw new ProblemError('precondition-required', { detail: 'Send the ETag of the center, or *' })
  const expected = parseIfMatch(header)
  if (!expected)
    throw new ProblemError('invalid-request', { detail: 'If-Match must be one quoted ETag, or *' })
  return expected
}

const toAccepted = (result: Exclude<UpdateResult, { kind: 'other-tax-id' }>): AcceptedCenter => {
  switch (result.kind) {
    case 'updated':
      return accepted(result.center, result.publication)
    case 'same':
      return accepted(result.center)
    case 'not-found':
      throw notFound()
    case 'version-mismatch': {
      const { version } = result.current
      const detail = `The center is at version ${version}`
      throw new ProblemError('version-mismatch', { detail }, { etag: etagOf(version) })
    }
    default:
      return result satisfies never
  }
}

/** PUT /v1/distribution-centers/{id} */
export const updateRoute =
  ({ centers, update, ids }: RegistrationDeps): AppPlugin =>
  (app) => {
    app.put(`${CENTERS_PATH}/:id`, {
      schema,
      config: { access: 'register' },
      // Before the body is read: a missing precondition is the first thing to say.
      onRequest: async (request) => {
        expectedVersion(request)
      },
      handler: async (request, reply) => {
        const { headers, body, params } = request
        const result = await orUnavailable(
          update(body, {
            caller: callerIdOf(request),
            centerId: params.id,
            expected: expectedVersion(request),
            traceparent: traceparentOf(request.traceparent ?? headers['traceparent'], ids),
          }),
        )
        if (result.kind === 'other-tax-id') {
          // Only a center that exists can be asked to change its taxId.
          await findCenter(centers, params.id)
          const detail = 'Must stay as it is: another taxId is another distribution center'
          throw new ProblemError('invalid-request', {
            detail: `/taxId: ${detail}`,
            errors: [{ pointer: '/taxId', detail }],
          })
        }
        const center = toAccepted(result)
        return reply.headers(centerHeaders(center)).send(center)
      },
    })
  }
