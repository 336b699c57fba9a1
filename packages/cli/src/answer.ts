import type { Problem } from '@mensageria/client'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import type { Texts } from './language/language.ts'

type HttpResult<T> = { data?: T; error?: unknown; response: Response }

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'type' in value && 'title' in value && 'status' in value

const slugOf = ({ type }: Problem): string => type.replace('urn:mensageria:problem:', '')

/**
 * What an answer says against a request, in words: the title, and each field that is wrong. With names of one's own
 * (`nameOf` a JSON pointer) the fields speak for themselves.
 */
export const reasonOf = (
  error: unknown,
  status: number,
  { problems, errors }: Texts,
  nameOf?: (pointer: string) => string,
): string => {
  if (!isProblem(error)) return errors.unexpectedAnswer(status)
  const title = Reflect.get(problems, slugOf(error))
  const details =
    error.errors?.map(({ pointer, detail }) => `${nameOf?.(pointer) ?? pointer}: ${errors.field(detail)}`) ??
    []
  if (nameOf && details.length > 0) return details.join('; ')
  const existing = error.existing ? [errors.existing(error.existing.id, error.existing.version)] : []
  const more = details.length > 0 ? details : existing
  const rest = more.length > 0 ? more : [error.detail].filter((detail) => detail !== undefined)
  return [typeof title === 'string' ? title : error.title, ...rest].join('; ')
}

/** The data of an answer; anything but 2xx ends the command with what the service says, and what to do. */
export const dataOf = <T>({ data, error, response }: HttpResult<T>, texts: Texts): T => {
  if (data !== undefined) return data
  const { status } = response
  const reason = reasonOf(error, status, texts)
  if (status === 401 || status === 302) throw new CliError(EXIT.unreachable, texts.errors.signIn(reason))
  if (status === 403) throw new CliError(EXIT.unreachable, texts.errors.forbidden(reason))
  if (status === 429 || status >= 500) throw new CliError(EXIT.unreachable, texts.errors.away(reason))
  throw new CliError(EXIT.rejected, reason)
}
