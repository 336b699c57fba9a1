import { existsSync } from 'node:fs'
import { programOf } from '../../program.ts'
import { aptInstall, mayInstall } from './apt.ts'
import { sayFetching } from './say-fetching.ts'

// Debian's own /usr/sbin/rabbitmq-server changes to the user of the system's service; this is what it runs.
const OF_DEBIAN = '/usr/lib/rabbitmq/bin/rabbitmq-server'

const installed = (): string | undefined => (existsSync(OF_DEBIAN) ? OF_DEBIAN : programOf('rabbitmq-server'))

export const rabbitmqIsThere = (): boolean => installed() !== undefined

export const mayFetchRabbitmq = mayInstall

/** The program that starts RabbitMQ, installed first where it is missing and this machine lets us. */
export const rabbitmqServer = async (): Promise<string> => {
  const found = installed()
  if (found !== undefined) return found
  sayFetching('RabbitMQ', 'apt-get (rabbitmq-server, 45 MB)')
  await aptInstall(['rabbitmq-server'])
  return OF_DEBIAN
}
