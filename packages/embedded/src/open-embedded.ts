import { DEAD_LETTER_TOPIC } from '@mensageria/contracts'
import type {
  CenterStore,
  IntegrationStates,
  Ledger,
  Outbox,
  Publisher,
  PushHandler,
  RetryPolicy,
} from '@mensageria/delivery'
import { createBroker, type Broker } from './broker.ts'
import { createCenterStore } from './center-store.ts'
import { createGroupCommit } from './group-commit.ts'
import { createIntegrationStates } from './integration-states.ts'
import { createLedger } from './ledger.ts'
import { createMessageQueue } from './message-queue.ts'
import { openDatabase, openMemoryDatabase } from './open-database.ts'
import { createOutbox } from './outbox.ts'
import type { Subscription } from './pump.ts'
import { createPurge } from './purge.ts'

/** One subscription of the topic: its retry policy and how many pushes may be in work at once. */
export type SubscriptionSettings = { name: string; retry: RetryPolicy; concurrencyMax: number }

export type EmbeddedOptions = {
  /** The folder of the database, or `:memory:`. */
  dataDir: string
  subscriptions: readonly SubscriptionSettings[]
  onError: (error: unknown) => void
}

/** The engine for one machine: every port, over one SQLite file that this process owns alone. */
export type Embedded = {
  centers: CenterStore
  outbox: Outbox
  ledger: Ledger
  states: IntegrationStates
  publisher: Publisher
  /** Deletes what may expire. */
  purge: (now: number) => Promise<number>
  /** Starts to push: each subscription's messages to its handler, and dead letters to theirs. */
  startBroker(handlers: Readonly<Record<string, PushHandler>>, onDeadLetter: PushHandler): Broker
  /** Closes the file. Stop the broker first. */
  close(): void
}

const handlerOf = (handlers: Readonly<Record<string, PushHandler>>, name: string): PushHandler => {
  const handler = handlers[name]
  if (!handler) throw new Error(`The subscription ${name} has no handler`)
  return handler
}

/** Opens the engine. Throws EngineError, with a sentence that says what to do, where the folder cannot be used. */
export const openEmbedded = ({ dataDir, subscriptions, onError }: EmbeddedOptions): Embedded => {
  const database = dataDir === ':memory:' ? openMemoryDatabase() : openDatabase(dataDir)
  const { db } = database
  const { write, finish } = createGroupCommit(database)
  const queue = createMessageQueue(
    db,
    write,
    subscriptions.map(({ name }) => name),
  )
  let broker: Broker | undefined
  const wake = () => broker?.wake()

  return {
    centers: createCenterStore(db, write, queue, wake),
    outbox: createOutbox(db, write),
    ledger: createLedger(db, write),
    states: createIntegrationStates(db, write),
    publisher: {
      publish: async (event) => {
        await queue.publish(event)
        wake()
      },
    },
    purge: createPurge(db, write),
    startBroker: (handlers, onDeadLetter) => {
      const pushes: Subscription[] = subscriptions.map((settings) => ({
        ...settings,
        handler: handlerOf(handlers, settings.name),
      }))
      const deadLetters: Subscription = {
        name: DEAD_LETTER_TOPIC,
        // Parking needs the ledger alone: it is tried again soon, and for ever.
        retry: { minBackoffMs: 1_000, maxBackoffMs: 60_000 },
        concurrencyMax: 4,
        handler: onDeadLetter,
      }
      broker = createBroker([...pushes, deadLetters], { queue, onError })
      return broker
    },
    close: () => {
      finish()
      database.close()
    },
  }
}
