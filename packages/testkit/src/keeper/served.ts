import type { KafkaHosts, MotoHosts, RabbitmqHosts } from '../brokers/hosts.ts'
import type { EmulatorHosts } from '../emulators-of-environment.ts'

/** What the keeper of a test run starts, and what it tells about each. */
export type Served = { emulators: EmulatorHosts; rabbitmq: RabbitmqHosts; kafka: KafkaHosts; moto: MotoHosts }
export type ServedKind = keyof Served

const KINDS = ['emulators', 'rabbitmq', 'kafka', 'moto'] as const satisfies readonly ServedKind[]

export const isServed = (kind: string): kind is ServedKind => KINDS.some((known) => known === kind)
