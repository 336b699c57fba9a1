import pino from 'pino'
import { errorFields, isExpected, stackTrace } from './error-fields.ts'
import { isError } from '../base/is-error.ts'
import { openLogOutput, type LogOutput } from './log-output.ts'
import { REDACT_PATHS } from './redact-paths.ts'
import { traceFields } from './trace-fields.ts'

export type Logger = pino.Logger

/** What takes lines; where it may lose some it says how many. */
export type LogDestination = Pick<LogOutput, 'write'> & Partial<LogOutput>

export type LoggerOptions = {
  level: string
  /** The process's name, as Error Reporting groups by it. */
  service: string
  /** Where lines go; stdout unless given. */
  destination?: LogDestination
  /** With it, Cloud Logging joins lines to traces by their full names. */
  projectId?: string
}

type Fields = Record<string, unknown>

const SEVERITIES: Readonly<Record<string, string>> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
}
const ERROR_LEVEL = 50

const withTrace = (fields: Fields, projectId: string | undefined): Fields => {
  if (fields['traceparent'] === undefined) return fields
  const { traceparent, ...rest } = fields
  return { ...rest, ...traceFields(traceparent, projectId) }
}

// With a stack a line opens a group in Error Reporting: only faults of ours may, or each retry of a partner would.
const stackFields = (fields: object, level: number): object => {
  if (level < ERROR_LEVEL || !('err' in fields)) return {}
  const { err } = fields
  return isError(err) && !isExpected(err) ? { stack_trace: stackTrace(err) } : {}
}

// Pino formats the fields of a line, but not those bound to a child: the children inherit this from the root.
const bindTraces = (logger: Logger, projectId: string | undefined): Logger => {
  const child: CallableFunction = Reflect.get(logger, 'child')
  return Object.defineProperty(logger, 'child', {
    value(this: Logger, bindings: pino.Bindings, options?: pino.ChildLoggerOptions): unknown {
      return Reflect.apply(child, this, [withTrace(bindings, projectId), options])
    },
  })
}

/** A logger that writes one JSON line per event, in the fields of Cloud Logging. Its callers never wait for a reader. */
export const createLogger = ({ level, service, projectId, ...given }: LoggerOptions): Logger => {
  const destination = given.destination ?? openLogOutput()
  const options: pino.LoggerOptions = {
    level,
    base: { serviceContext: { service } },
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ severity: SEVERITIES[label] ?? 'DEFAULT' }),
      log: (fields) => withTrace(fields, projectId),
    },
    mixin: stackFields,
    serializers: { err: errorFields },
    redact: { paths: REDACT_PATHS, censor: '[redacted]' },
  }
  const logger = bindTraces(pino(options, destination), projectId)
  // Told at every level but `silent`, where no line is lost.
  destination.onLost?.((lines) => logger.child({}, { level: 'warn' }).warn({ lines }, 'log.lines-lost'))
  return logger
}
