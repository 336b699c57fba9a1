import type { PrettyOptions } from 'pino-pretty'
import { openLogOutput, type LogOutput } from './log-output.ts'

const OPTIONS: PrettyOptions = {
  messageKey: 'message',
  levelKey: 'severity',
  timestampKey: 'time',
  translateTime: 'SYS:HH:MM:ss.l',
  customLevels: 'DEBUG:20,INFO:30,WARNING:40,ERROR:50,CRITICAL:60',
  ignore: 'serviceContext',
  singleLine: true,
}

/** A destination for people at a terminal. Loads its library only when it is asked for. */
export const createPrettyDestination = async (output = openLogOutput()): Promise<LogOutput> => {
  const { isColorSupported, prettyFactory } = await import('pino-pretty')
  const format = prettyFactory({ ...OPTIONS, colorize: isColorSupported })
  return { ...output, write: (line) => output.write(format(line)) }
}

/** Turns a line of a log into one for people; what is no JSON stays as it is. */
export const createPrettyLine = async (colorize: boolean): Promise<(line: string) => string> => {
  const { prettyFactory } = await import('pino-pretty')
  const format = prettyFactory({ ...OPTIONS, colorize })
  return (line) => format(line).trimEnd()
}
