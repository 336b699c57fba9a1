import { Firestore } from '@google-cloud/firestore'
import { createCallTransformer, type Rpc } from './call-transformer.ts'
import { codeOf } from './conflict.ts'
import { refuseEmulator } from './refuse-emulator.ts'
import { DeadlineError, withinDeadline } from './within-deadline.ts'

export type FirestoreOptions = {
  projectId: string
  /** `(default)` unless said. */
  databaseId?: string
  /** Told of each request as it leaves, retries included. */
  onRpc?: (rpc: Rpc) => void
}

/**
 * A client, and `run`: every operation goes through it and is over in time, 5 s unless said. `close` ends what is still
 * open.
 */
export type Connection = {
  firestore: Firestore
  run: <T>(work: () => Promise<T>, timeoutMs?: number) => Promise<T>
  close: () => Promise<void>
}

/**
 * One operation, all attempts together. A push has 45 s: wait 8 s + claim (a write, or a read and a write) + call 30 s + settle 5 s; a
 * regional commit takes 10 to 30 ms, so 5 s is a store that is away.
 */
const OPERATION_MS = 5_000

// A first request opens the channel and fetches credentials, which has taken 5 s and more. Done before the process is ready,
// or the first delivery of every new instance would pay for it out of its own 5 s.
const WARM_UP_MS = 20_000

// CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE. Waiting helps with nothing else:
// no such database (NOT_FOUND), one in Datastore mode (FAILED_PRECONDITION), no permission, no credentials (no code at all).
const PASSING = new Set([1, 2, 4, 8, 10, 13, 14])

const isPassing = (error: unknown): boolean =>
  error instanceof DeadlineError || PASSING.has(Number(codeOf(error)))

const openClient = ({ projectId, databaseId, onRpc }: FirestoreOptions, isClosing: () => boolean) =>
  new Firestore({
    projectId,
    ...(databaseId === undefined ? {} : { databaseId }),
    ignoreUndefinedProperties: true,
    // The one way that gax leaves open to see every call (google-gax grpc.ts, createStub).
    'grpc.callInvocationTransformer': createCallTransformer(onRpc, isClosing),
    // A database that was away is found again soon, not after the two minutes that gRPC's backoff grows to.
    'grpc.max_reconnect_backoff_ms': 5_000,
  })

/**
 * Connects to Firestore, or to the emulator that FIRESTORE_EMULATOR_HOST names. Rejects where waiting cannot help, such as a
 * database that does not exist; a store that is away may come back, so the process starts and answers each request with it.
 */
export const connectFirestore = async (options: FirestoreOptions): Promise<Connection> => {
  refuseEmulator('FIRESTORE_EMULATOR_HOST')
  let closing = false
  const firestore = openClient(options, () => closing)
  const open = new Set<Promise<unknown>>()

  const run: Connection['run'] = (work, timeoutMs = OPERATION_MS) =>
    withinDeadline(timeoutMs, () => {
      const working = work()
      open.add(working)
      const forget = () => open.delete(working)
      working.then(forget, forget)
      return working
    })

  const close = async () => {
    closing = true
    // What was given up may still wait for its next attempt: the client throws out of nowhere where that finds it terminated.
    await Promise.allSettled(open)
    await firestore.terminate()
  }

  try {
    // No integration has this name.
    await run(() => firestore.doc('integrations/-').get(), WARM_UP_MS)
  } catch (error) {
    if (!isPassing(error)) {
      await close()
      throw error
    }
  }
  return { firestore, run, close }
}
