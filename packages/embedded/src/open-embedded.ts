import { DEAD_LETTER_TOPIC } from '@mensageria/contracts'
import type { Engine, Publisher, RetryPolicy } from '@mensageria/core'
import { createAuditLog } from './operations/audit-log.ts'
import { createBroker, type Broker } from './broker/broker.ts'
import { createCenterStore } from './intake/center-store.ts'
import { createDeliverySearch } from './search/delivery-search.ts'
import { createFailureNotes } from './operations/failure-notes.ts'
import { createIdentity } from './operations/identity.ts'
import { createStats } from './stats/stats.ts'
import { createGroupCommit } from './database/group-commit.ts'
import { createIntegrationStates } from './ledger/integration-states.ts'
import { createLedger } from './ledger/ledger.ts'
import { createMessageQueue, dropOrphanedMessages } from './broker/message-queue.ts'
import type { EngineError } from './database/engine-error.ts'
import { openDatabase, openMemoryDatabase } from './database/open-database.ts'
import { createOutbox } from './intake/outbox.ts'
import type { Subscription } from './broker/pump.ts'
import type { PushHandler } from './broker/pushed-message.ts'
import { createPurge } from './operations/purge.ts'
import { createRedriveStore } from './operations/redrive-store.ts'
import { keepCounters } from './stats/keep-counters.ts'
import { createReleaseLeases } from './ledger/release-leases.ts'
import { createUnreadableMessages } from './operations/unreadable-messages.ts'

/** One subscription of the topic: its retry policy and how many pushes may be in work at once. */
export type SubscriptionSettings = {
  name: string
  retry: RetryPolicy
  concurrencyMax: number
  /** Centers accepted before this time (epoch milliseconds) are not this integration's own. */
  since?: number
}

export type EmbeddedOptions = {
  /** The folder of the database, or `:memory:`. */
  dataDir: string
  subscriptions: readonly SubscriptionSettings[]
  onError: (error: unknown) => void
  /** Told once when the engine can keep no promise any more: nobody is answered from then on, and the process should end. */
  onFatal?: (failure: EngineError) => void
}

/** The engine for one machine: every port, over one SQLite file that this process owns alone. */
export type Embedded = Engine & {
  publisher: Publisher
  /**
   * Starts to push: each subscription's messages to its handler, as far as it has room, and dead letters to theirs.
   */
  startBroker(
    handlers: Readonly<Record<string, PushHandler>>,
    onDeadLetter: PushHandler,
    hasRoom?: (subscription: string) => boolean,
  ): Broker
  /** Whether callers are answered, and writes are possible: looks at the files, so that it shows without any traffic. */
  isSound: () => boolean
  /** Closes the file. Stop the broker first. Throws where what waits could not be brought to the disk. */
  close(): void
}

// How soon it shows, without any traffic, that the files are gone.
const REST_INTERVAL_MS = 1_000

const handlerOf = (handlers: Readonly<Record<string, PushHandler>>, name: string): PushHandler => {
  const handler = handlers[name]
  if (!handler) throw new Error(`The subscription ${name} has no handler`)
  return handler
}

/** Opens the engine. Throws EngineError, with a sentence that says what to do, where the folder cannot be used. */
export const openEmbedded = ({ dataDir, subscriptions, onError, onFatal }: EmbeddedOptions): Embedded => {
  const database = dataDir === ':memory:' ? openMemoryDatabase() : openDatabase(dataDir)
  const { db } = database
  const names = subscriptions.map(({ name }) => name)
  keepCounters(db, subscriptions)
  dropOrphanedMessages(db, [...names, DEAD_LETTER_TOPIC])
  createReleaseLeases(db)(names)
  let failed = false
  const commits = createGroupCommit(database, (failure) => {
    failed = true
    onFatal?.(failure)
  })
  // Once nobody is answered any more, each message would say so again.
  const tell = (error: unknown) => {
    if (!failed) onError(error)
  }
  const { isSound, read, write } = commits
  const rests = setInterval(commits.rest, REST_INTERVAL_MS).unref()
  const queue = createMessageQueue(db, commits, names)
  let broker: Broker | undefined
  const wake = () => broker?.wake()

  return {
    centers: createCenterStore(db, { read, write }, queue, (published) => broker?.offer(published)),
    outbox: createOutbox(db, commits),
    ledger: createLedger(db, commits),
    states: createIntegrationStates(db, write),
    unreadable: createUnreadableMessages(db, write),
    search: createDeliverySearch(db, read, subscriptions),
    stats: createStats(db, { read, write }),
    notes: createFailureNotes(db, { read, write }),
    identity: createIdentity(db, read),
    redrives: createRedriveStore(db, commits),
    audit: createAuditLog(db, { read, write }),
    publisher: {
      publish: async (event) => {
        await queue.publish(event)
        wake()
      },
    },
    purge: createPurge(db, write),
    startBroker: (handlers, onDeadLetter, hasRoom = () => true) => {
      const pushes: Subscription[] = subscriptions.map((settings) => ({
        ...settings,
        handler: handlerOf(handlers, settings.name),
        hasRoom: () => hasRoom(settings.name),
      }))
      const deadLetters: Subscription = {
        name: DEAD_LETTER_TOPIC,
        // Parking needs the ledger alone: it is tried again soon, and for ever.
        retry: { minBackoffMs: 1_000, maxBackoffMs: 60_000 },
        concurrencyMax: 4,
        handler: onDeadLetter,
      }
      broker = createBroker([...pushes, deadLetters], { queue, onError: tell })
      return broker
    },
    isSound,
    close: () => {
      clearInterval(rests)
      commits.finish()
      database.close()
    },
  }
}
