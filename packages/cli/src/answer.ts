import { isProblem, type Problem } from '@mensageria/client'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import { inputNameOf } from './input-name.ts'
import type { Texts } from './language/language.ts'

type HttpResult<T> = { data?: T; error?: unknown; response: Response }

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
    error.errors?.map(
      // The data as a whole has no name.
      ({ pointer, detail }) =>
        pointer === ''
          ? errors.field(detail)
          : `${(nameOf ?? inputNameOf)(pointer)}: ${errors.field(detail)}`,
    ) ?? []
  if (nameOf && details.length > 0) return details.join('; ')
  const existing = error.existing ? [errors.existing(error.existing.id, error.existing.version)] : []
  const more = details.length > 0 ? details : existing
  const rest = more.length > 0 ? more : [error.detail].filter((detail) => detail !== undefined)
  return [typeof title === 'string' ? title : error.title, ...rest].join('; ')
}

/** What an answer other than 2xx ends a command with: what the service says, what to do, and the exit code. */
export const failureOf = (error: unknown, status: number, texts: Texts): CliError => {
  const reason = reasonOf(error, status, texts)
  if (status === 401) return new CliError(EXIT.unreachable, texts.errors.signIn(reason))
  if (status === 403) return new CliError(EXIT.unreachable, texts.errors.forbidden(reason))
  const isAway = status === 429 || status >= 500
  if (isAway) return new CliError(EXIT.unreachable, texts.errors.away(reason), { passing: true })
  // What stands before the service has answered: of the request itself nothing is known.
  if (!isProblem(error)) return new CliError(EXIT.unreachable, reason)
  // The address reaches the service by a name that it does not answer to.
  return new CliError(status === 421 ? EXIT.usage : EXIT.rejected, reason)
}

// Lists of the operations API: where they are not found, something else listens that is of ours.
const OF_CONSOLE =
  /\/v1\/(?:integrations|deliveries|redrives|summary|audit|unreadable-messages|failure-groups)(?:\?|$)/

const isWithoutConsole = (error: unknown, status: number): boolean =>
  status === 404 && isProblem(error) && OF_CONSOLE.test(error.instance ?? '')

/**
 * The data of an answer; anything but 2xx ends the command, and so does a 2xx without this field: any other service may answer
 * `{}`, and has registered nothing.
 */
export const dataOf = <T extends object>(
  { data, error, response }: HttpResult<T>,
  texts: Texts,
  field: keyof T,
): T => {
  if (data !== undefined) {
    if (Object(data)[field] !== undefined) return data
    throw new CliError(EXIT.unreachable, texts.errors.unexpectedAnswer(response.status))
  }
  if (isWithoutConsole(error, response.status)) throw new CliError(EXIT.usage, texts.errors.noConsole)
  throw failureOf(error, response.status, texts)
}
