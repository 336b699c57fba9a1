import type { Problem } from '@mensageria/contracts'
import type { z } from 'zod'

type Fields = NonNullable<Problem['errors']>

// A body of a thousand unknown keys needs no answer of a thousand lines.
const FIELDS_MAX = 50

const PREFIXES: Readonly<Record<string, string>> = {
  body: '',
  querystring: '/query',
  params: '/params',
  headers: '/headers',
}

const escape = (token: PropertyKey): string => String(token).replaceAll('~', '~0').replaceAll('/', '~1')
const toPointer = (prefix: string, path: readonly PropertyKey[]): string =>
  prefix + path.map((token) => `/${escape(token)}`).join('')

// Zod calls an absent field an input that is `undefined`; to the caller it is one that was not sent.
const detailOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
    ? 'Is required'
    : issue.message

const fieldsOf = (issue: z.core.$ZodIssue, prefix: string): Fields =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({
        pointer: toPointer(prefix, [...issue.path, key]),
        detail: 'This field is not known',
      }))
    : [{ pointer: toPointer(prefix, issue.path), detail: detailOf(issue) }]

/**
 * Names each invalid field by JSON pointer (RFC 6901). Pointers of a body point into the body; those of a parameter begin
 * with `/query`, `/params` or `/headers`.
 */
export const invalidFields = (issues: readonly z.core.$ZodIssue[], context: string | undefined): Fields =>
  issues.flatMap((issue) => fieldsOf(issue, PREFIXES[context ?? 'body'] ?? '')).slice(0, FIELDS_MAX)

/** One sentence for people: the first invalid field, and how many there are besides. */
export const summaryOf = (fields: Fields): string => {
  const [first, ...others] = fields
  if (!first) return 'The request does not fit'
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `${first.pointer === '' ? 'The body' : first.pointer}: ${first.detail}${more}`
}
