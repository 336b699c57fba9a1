import { currentDeadline } from './within-deadline.ts'

/** One request to Firestore; `method` is the last part of its gRPC name, for example `Commit`. */
export type Rpc = { method: string; request: unknown }

// What grpc-js hands to a call transformer, and asks of an intercepting call, as far as it is used here.
type Status = { code: number; details: string; metadata: unknown }
type Listener = { onReceiveMetadata?(metadata: unknown): void; onReceiveStatus?(status: Status): void }
type CallProperties = {
  argument?: unknown
  methodDefinition: { path: string }
  callOptions: { deadline?: Date | number; interceptors?: unknown[] }
}

const nothing = () => {}

// A call that ends at once, before the network. The client has three retry loops: two do not repeat CANCELLED (1), the third
// (retry-request, for reads) repeats whatever ends before its headers. A deadline in the past would not do: a channel without
// a connection says UNAVAILABLE first.
const givenUp = () => ({
  start: (metadata: unknown, listener: Listener) => {
    queueMicrotask(() => listener.onReceiveMetadata?.(metadata))
    const status = { code: 1, details: 'The engine gave this request up', metadata }
    setImmediate(() => listener.onReceiveStatus?.(status))
  },
  sendMessage: nothing,
  sendMessageWithContext: nothing,
  startRead: nothing,
  halfClose: nothing,
  cancelWithStatus: nothing,
  getPeer: () => 'nobody',
  getAuthContext: () => null,
})

/**
 * Sees each attempt of each request before it leaves, as gRPC's call transformer: gives it the deadline of its operation,
 * and ends it where that has passed or `isClosing`. `onRpc` is told of each that leaves.
 */
export const createCallTransformer =
  (onRpc: ((rpc: Rpc) => void) | undefined, isClosing: () => boolean) =>
  (call: CallProperties): CallProperties => {
    const { callOptions } = call
    const deadline = currentDeadline() ?? Number.POSITIVE_INFINITY
    if (isClosing() || deadline <= Date.now()) {
      return { ...call, callOptions: { ...callOptions, interceptors: [givenUp] } }
    }
    onRpc?.({ method: call.methodDefinition.path.split('/').at(-1) ?? '', request: call.argument })
    const given = Number(callOptions.deadline ?? Number.POSITIVE_INFINITY)
    return { ...call, callOptions: { ...callOptions, deadline: Math.min(given, deadline) } }
  }
