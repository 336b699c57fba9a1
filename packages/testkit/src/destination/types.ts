import type { Destination } from '@mensageria/contracts'
import type { ExternalCall, Outcome } from '@mensageria/core'
import type { TcpProxy } from '../network/tcp-proxy.ts'

/** A row of the list with the environment that its secrets are in. */
export type RowUnderTest = { destination: Destination; env: Readonly<Record<string, string>> }

/** The way to a destination, as a process opens it. */
export type OpenedDestination = { call: ExternalCall; close(): Promise<void> }

/** Opens a row; every line of the log goes to `write`. */
export type OpenDestination = (row: RowUnderTest, write: (line: string) => void) => Promise<OpenedDestination>

/** A message as the field's own consumer reads it. */
export type Received = {
  /** The CloudEvents attributes, without the prefix of their protocol. */
  attributes: Readonly<Record<string, string>>
  contentType: string
  /** Parsed. */
  body: unknown
  idempotencyKey: string
  traceparent: string
}

/** An exchange, topic or queue of this case alone, with a consumer that was there before the first message. */
export type TargetUnderTest = {
  row: RowUnderTest
  /** The same with a user who may not write there; undefined where this broker refuses nobody. */
  refused?: RowUnderTest
  /** The same with a target that is not there. */
  missing: RowUnderTest
  /** Everything that the consumer has read so far, in its order. */
  received: () => readonly Received[]
  close: () => Promise<void>
}

/** What a failure of a kind is called. */
export type ExpectedFailure = Pick<Exclude<Outcome, { kind: 'delivered' }>, 'kind' | 'cause'>

/** One kind of destination on its real broker. */
export type DestinationHarness = {
  kind: Destination['kind']
  open: OpenDestination
  /** A proxy of its own in front of the broker. */
  startProxy: () => Promise<TcpProxy>
  /** A new target; its rows lead through the proxy, its consumer does not. */
  makeTarget: (proxy: TcpProxy) => Promise<TargetUnderTest>
  expected: {
    /** Undefined where this broker refuses nobody. */
    refused?: ExpectedFailure
    missing: ExpectedFailure
    /** A message of more bytes than `tooLargeBytes`. */
    tooLarge: ExpectedFailure
    /** What the broker takes at most; a megabyte unless given. */
    tooLargeBytes?: number
  }
}
