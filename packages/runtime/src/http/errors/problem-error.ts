import { PROBLEMS, type Problem, type ProblemSlug } from '@mensageria/contracts'

/** What an occurrence adds to its problem document. */
export type ProblemExtra = Pick<Problem, 'detail' | 'errors' | 'existing'>

/** Thrown by a route to answer with a problem document. `cause` goes to the log only. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly expected = true
  readonly slug: ProblemSlug
  readonly extra: ProblemExtra
  readonly headers: Readonly<Record<string, string>>

  constructor(
    slug: ProblemSlug,
    extra: ProblemExtra = {},
    headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(PROBLEMS[slug].title, options)
    this.slug = slug
    this.extra = extra
    this.headers = headers
  }
}
