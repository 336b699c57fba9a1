import type pino from 'pino'

/** A destination for people at a terminal. Loads its library only when it is asked for. */
export const createPrettyDestination = async (): Promise<pino.DestinationStream> => {
  const { default: pretty } = await import('pino-pretty')
  return pretty({
    sync: true,
    messageKey: 'message',
    levelKey: 'severity',
    timestampKey: 'time',
    customLevels: 'DEBUG:20,INFO:30,WARNING:40,ERROR:50,CRITICAL:60',
    ignore: 'serviceContext',
    singleLine: true,
  })
}
