import { AcceptedCenter, defined } from '@mensageria/contracts'
import type { RegisterResult } from '@mensageria/core'
import { callerIdOf, json, orUnavailable, problem, ProblemError } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { accepted, CENTERS_PATH, centerHeaders, existingOf } from '../../center-answer.ts'
import { parseIdempotencyKey } from '../../parse-idempotency-key.ts'
import type { RegistrationDeps } from '../../registration-deps.ts'
import { headerParameters } from '../../schemas/header-parameters.ts'
import { RegistrationBody } from '../../schemas/registration-body.ts'
import { traceparentOf } from '../../traceparent-of.ts'

const schema = {
  summary: 'Register a distribution center',
  description:
    'Accepts the center and makes it known to every integration. The same data again is answered 200 and changes nothing.',
  tags: ['Distribution centers'],
  headers: headerParameters({
    'idempotency-key': {
      description:
        'Makes a retry safe: the first answer is given again for 24 h. 1 to 255 characters, quoted or bare',
      example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
    },
    traceparent: {
      description: 'W3C trace context, continued to the downstream calls',
      example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    },
  }),
  body: RegistrationBody,
  response: {
    200: json('Registered before with the same data; with ETag and Location', AcceptedCenter),
    201: json('Registered; with ETag and Location', AcceptedCenter),
    400: problem('invalid-request'),
    409: problem('distribution-center-exists'),
    413: problem('content-too-large'),
    415: problem('unsupported-media-type'),
    422: problem('idempotency-key-reused'),
    503: problem('unavailable'),
  },
}

type Accepted = { status: 200 | 201; body: AcceptedCenter; replayed: boolean }

const toAccepted = (result: RegisterResult): Accepted => {
  switch (result.kind) {
    case 'created':
      return { status: 201, body: accepted(result.center, result.publication), replayed: false }
    case 'same':
      return { status: 200, body: accepted(result.center), replayed: false }
    case 'replayed':
      return { status: result.status, body: accepted(result.center), replayed: true }
    case 'exists':
      throw new ProblemError('distribution-center-exists', {
        detail: 'Change the existing center with PUT',
        existing: existingOf(result.existing),
      })
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused', {
        detail: 'Send another registration with another Idempotency-Key',
      })
    default:
      return result satisfies never
  }
}

const idempotencyKeyOf = (header: string | string[] | undefined): string | undefined => {
  const parsed = parseIdempotencyKey(Array.isArray(header) ? header.join(', ') : header)
  if (!parsed.ok) throw new ProblemError('invalid-request', { detail: parsed.detail })
  return parsed.key
}

// The hot path: its answers are typed and were checked when they came in, so they are not encoded by a schema again.
const serializerCompiler = () => JSON.stringify

/** POST /v1/distribution-centers */
export const registerRoute =
  ({ register, ids }: RegistrationDeps): AppPlugin =>
  (app) => {
    app.post(
      CENTERS_PATH,
      { schema, serializerCompiler, config: { access: 'register' } },
      async (request, reply) => {
        const { headers, body } = request
        const context = {
          caller: callerIdOf(request),
          traceparent: traceparentOf(request.traceparent ?? headers['traceparent'], ids),
          ...defined({ idempotencyKey: idempotencyKeyOf(headers['idempotency-key']) }),
        }
        const answer = toAccepted(await orUnavailable(register(body, context)))
        if (answer.replayed) reply.header('idempotency-replayed', 'true')
        return reply.code(answer.status).headers(centerHeaders(answer.body)).send(answer.body)
      },
    )
  }
