import { InsecureAddressError, RedirectError, SignInError, UnreachableError } from '@mensageria/client'
import { CliError } from './cli-error.ts'
import { codeOf } from './error-code.ts'
import { EXIT } from './exit-codes.ts'
import type { Texts } from './language/language.ts'

// The code of what `fetch` failed with is one level down.
const networkCode = (error: unknown): string => {
  const inner: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'cause') : undefined
  return codeOf(inner) ?? codeOf(error) ?? 'timeout'
}

const pathOf = (error: unknown): string => {
  const path: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'path') : undefined
  return typeof path === 'string' ? path : ''
}

// What the operating system says about a file: a name too long, links in a circle, a socket.
const isOfFile = (error: unknown): boolean => codeOf(error) !== undefined && pathOf(error) !== ''

/** Any error as a sentence that says what to do, with the exit code. */
export const explainError = (error: unknown, { errors }: Texts): { message: string; exitCode: number } => {
  if (error instanceof CliError) return { message: error.message, exitCode: error.exitCode }
  if (error instanceof UnreachableError) {
    const message = errors.unreachable(error.origin, networkCode(error.cause))
    return { message, exitCode: EXIT.unreachable }
  }
  if (error instanceof SignInError) {
    return { message: errors.signIn(error.message), exitCode: EXIT.unreachable }
  }
  if (error instanceof RedirectError) {
    const message = errors.redirect(error.origin, error.status, error.host)
    return { message, exitCode: EXIT.unreachable }
  }
  if (error instanceof InsecureAddressError) {
    return { message: errors.notEncrypted(error.origin), exitCode: EXIT.usage }
  }
  switch (codeOf(error) ?? '') {
    case 'ENOENT':
      return { message: errors.noFile(pathOf(error)), exitCode: EXIT.usage }
    case 'EACCES':
    case 'EROFS':
    case 'EISDIR':
      return { message: errors.noAccess(pathOf(error)), exitCode: EXIT.usage }
    case 'EEXIST':
      return { message: errors.isThere(pathOf(error)), exitCode: EXIT.usage }
    case 'ENOSPC':
      return { message: errors.diskFull, exitCode: EXIT.usage }
    default:
      if (isOfFile(error)) {
        return { message: errors.noUse(pathOf(error), codeOf(error) ?? ''), exitCode: EXIT.usage }
      }
      return {
        message: errors.defect(error instanceof Error ? (error.stack ?? error.message) : '?'),
        exitCode: 70,
      }
  }
}
