import { z } from 'zod'

/** RFC 9457 problem document; `errors` names each invalid field by JSON pointer (RFC 6901). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    existing: z.object({ id: z.string(), version: z.int(), href: z.string() }).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.output<typeof Problem>

/** Every problem that an API of ours can answer: slug of its type, status, title. Tests and documents read this table. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'distribution-center-exists': { status: 409, title: 'A center with this taxId exists with other data' },
  'already-delivered': { status: 409, title: 'This is delivered already' },
  'already-in-redrive': { status: 409, title: 'Another redrive has this delivery' },
  'redrive-ended': { status: 409, title: 'This redrive has ended' },
  'version-mismatch': { status: 412, title: 'The center has another version' },
  'content-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'Send application/json' },
  'expectation-failed': { status: 417, title: 'This expectation cannot be met' },
  'misdirected-request': { status: 421, title: 'This service does not answer to this name' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used with another body' },
  'precondition-required': { status: 428, title: 'Send If-Match' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'header-fields-too-large': { status: 431, title: 'The header fields are too large' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available right now' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemSlug = keyof typeof PROBLEMS

/** A problem document of the table, with what this occurrence adds. */
export const toProblem = (
  slug: ProblemSlug,
  extra: Omit<Partial<Problem>, 'type' | 'title' | 'status'> = {},
): Problem => ({
  type: `urn:mensageria:problem:${slug}`,
  title: PROBLEMS[slug].title,
  status: PROBLEMS[slug].status,
  ...extra,
})
