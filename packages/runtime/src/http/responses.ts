import { Problem, PROBLEMS } from '@mensageria/contracts'
import type { ProblemSlug } from '@mensageria/contracts'
import { z } from 'zod'

/** A response with a JSON body. */
export const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A response that is a problem document. */
export const problem = (slug: ProblemSlug) => ({
  description: PROBLEMS[slug].title,
  content: { 'application/problem+json': { schema: Problem } },
})

/** A response without a body. */
export const empty = (description: string) => z.null().describe(description)
