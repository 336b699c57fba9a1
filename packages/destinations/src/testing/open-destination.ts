import { createLogger } from '@mensageria/runtime'
import type { OpenDestination } from '@mensageria/testkit/destination-suite'
import { bindDestination } from '../bind-destination.ts'

/** Opens a destination as a process does, under the name `erp`, with a logger of the lowest level. */
export const openDestination: OpenDestination = ({ destination, env }, write) => {
  const logger = createLogger({ level: 'trace', service: 'erp', destination: { write } })
  return bindDestination('erp', destination, { env, connectionsMax: 8, logger })
}
