import { ConfigError } from '../base/config.ts'
import { isError } from '../base/is-error.ts'

const text = (error: Error, field: 'address' | 'port' | 'code'): string | undefined => {
  const value: unknown = Reflect.get(error, field)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** Why the start failed and what to do, for people; an unexpected error comes with its stack. */
export const explainStart = (error: unknown): string => {
  if (error instanceof ConfigError) return error.message
  if (!isError(error)) return String(error)
  switch (text(error, 'code') ?? '') {
    case 'EADDRINUSE':
      return `Port ${text(error, 'port')} on ${text(error, 'address')} is in use: stop that program, or set PORT to another one`
    case 'EACCES':
      // Also said of files, which have no port.
      if (text(error, 'port') === undefined) return error.message
      return `Port ${text(error, 'port')} needs more rights than this user has: set PORT to one above 1023`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is no address of this machine: set it to 127.0.0.1 or 0.0.0.0`
    default:
      return error.stack ?? error.message
  }
}
