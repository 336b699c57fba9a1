import type { FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'

/** A request that does not fit its route's schema; Fastify adds the part (`body`, `querystring` ...) as context. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError'
  readonly expected = true
  readonly issues: readonly z.core.$ZodIssue[]
  validationContext: string | undefined

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('The request does not fit its schema')
    this.issues = issues
  }
}

/**
 * The type provider's own compiler joins the path of an issue to text, which loses what an exact JSON pointer needs: this
 * one keeps the issues.
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data)
    return parsed.success ? { value: parsed.data } : { error: new InvalidRequestError(parsed.error.issues) }
  }
