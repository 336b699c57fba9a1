import { bindDestination } from '@mensageria/destinations'
import { startDeliverer, type OpenLedger } from '@mensageria/runtime'
import { chooseDestination, DestinationConfig, type DestinationSettings } from './config.ts'

/** The whole process of the destination that DESTINATION names, on an engine's ledger; it drains on SIGTERM. */
export const run = ({ openLedger }: { openLedger: OpenLedger }): Promise<void> =>
  // Its lines are told apart by its row; before it has one, by what it is.
  startDeliverer<DestinationConfig, DestinationSettings>(process.env['DESTINATION'] || 'destination', {
    schema: DestinationConfig,
    openLedger,
    choose: chooseDestination,
    bind: ({ name, destination }, options) => bindDestination(name, destination, options),
  })
