import { kafkaIsThere, kafkaJars, mayFetchKafka } from './kafka-jars.ts'
import { mayFetchMoto, motoIsThere, motoPython } from './moto-venv.ts'
import { mayFetchRabbitmq, rabbitmqIsThere, rabbitmqServer } from './rabbitmq-server.ts'

/** A broker of others: whether it is on this machine, whether its installer is, and how to fetch it. */
export type Fetchable = {
  isThere: () => boolean
  mayFetch: () => boolean
  fetch: () => Promise<string>
}

export const BROKERS = {
  rabbitmq: { isThere: rabbitmqIsThere, mayFetch: mayFetchRabbitmq, fetch: rabbitmqServer },
  kafka: { isThere: kafkaIsThere, mayFetch: mayFetchKafka, fetch: kafkaJars },
  moto: { isThere: motoIsThere, mayFetch: mayFetchMoto, fetch: motoPython },
} as const satisfies Record<string, Fetchable>

/** Fetches what is missing, one after the other: their work is the processor's, of which the tests need the rest. */
export const fetchBrokers = async (): Promise<void> => {
  for (const { isThere, mayFetch, fetch } of Object.values(BROKERS))
    if (!isThere() && mayFetch()) await fetch()
}
