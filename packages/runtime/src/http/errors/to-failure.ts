import { toProblem, type Problem, type ProblemSlug } from '@mensageria/contracts'
import { invalidFields, summaryOf } from './invalid-fields.ts'
import { InvalidRequestError } from './invalid-request-error.ts'
import { isError } from '../../base/is-error.ts'
import { ProblemError } from './problem-error.ts'

type Failure = { problem: Problem; headers: Readonly<Record<string, string>> }

// First of its status in the table: 400 is `invalid-request`. Statuses of one business case only are never guessed.
const BY_STATUS: ReadonlyMap<number, ProblemSlug> = new Map([
  [400, 'invalid-request'],
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [408, 'request-timeout'],
  [413, 'content-too-large'],
  [414, 'uri-too-long'],
  [415, 'unsupported-media-type'],
  [429, 'too-many-requests'],
  [431, 'header-fields-too-large'],
  [503, 'unavailable'],
])

// A status counts only on Fastify's own errors: on any other (a client library's, say) it is not about our caller.
const frameworkStatus = (error: unknown): number | undefined => {
  if (!isError(error) || !('statusCode' in error) || !('code' in error)) return undefined
  const { statusCode, code } = error
  // ECONNRESET with a status: the caller went away while its body was read.
  const own = typeof code === 'string' && (code.startsWith('FST_') || code === 'ECONNRESET')
  return own && typeof statusCode === 'number' ? statusCode : undefined
}

const slugOf = (status: number): ProblemSlug =>
  BY_STATUS.get(status) ?? (status >= 400 && status < 500 ? 'invalid-request' : 'internal-error')

/** Turns whatever was thrown into a problem document. What is not known to be the caller's doing is a 500 without a word. */
export const toFailure = (error: unknown, instance: string): Failure => {
  if (error instanceof ProblemError) {
    return { problem: toProblem(error.slug, { ...error.extra, instance }), headers: error.headers }
  }
  if (error instanceof InvalidRequestError) {
    const errors = invalidFields(error.issues, error.validationContext)
    return {
      problem: toProblem('invalid-request', { detail: summaryOf(errors), instance, errors }),
      headers: {},
    }
  }
  const slug = slugOf(frameworkStatus(error) ?? 500)
  const detail = slug === 'invalid-request' && isError(error) ? { detail: error.message } : {}
  return { problem: toProblem(slug, { ...detail, instance }), headers: {} }
}
