import { startKafka } from '../brokers/kafka.ts'
import { startMoto } from '../brokers/moto.ts'
import { startRabbitmq } from '../brokers/rabbitmq.ts'
import { startEmulators } from '../emulators.ts'
import type { Starters } from './keeper.ts'

/** The servers of others that the tests of this repository use. */
export const STARTERS: Starters = {
  emulators: startEmulators,
  rabbitmq: () => startRabbitmq(),
  kafka: startKafka,
  moto: () => startMoto(),
}
