import type { DestinationKind, TargetOf } from '@mensageria/contracts'
import type { Outcome } from '@mensageria/core'
import type { CheckTarget, Env, Logger, Tracer } from '@mensageria/runtime'
import type { OutgoingMessage } from './to-message.ts'

/** A row of the list with a kind, as its kind reads it. */
export type DestinationRow<Kind extends DestinationKind> = { name: string; target: TargetOf<Kind> }

export type OpenOptions = {
  /** How many messages there can be at once. */
  connectionsMax: number
  /** Proxies and credential chains of SDKs. */
  env: Env
  logger?: Logger
  tracer?: Tracer
}

/** The way to one destination. Nothing is connected before the first message. */
export type Link = {
  /**
   * Sends one message and says how that ended. The signal ends the wait: its time is up, or the process is going down. Whatever
   * the other side or the network does is an outcome; what is thrown is a defect. `hide` is told secrets of this message alone.
   */
  send: (message: OutgoingMessage, signal: AbortSignal, hide?: (secret: string) => void) => Promise<Outcome>
  /**
   * Asks without a message whether the broker lets us in and the target is there; resolves with what is wrong. Absent where the
   * right to send comes without the right to ask.
   */
  check?: CheckTarget
  /** Gives up what is still in work: the process has drained already, or has no more time. */
  close: () => Promise<void>
}

/** All that the project knows of one kind of destination. */
export type DestinationDefinition<Kind extends DestinationKind, Settings> = {
  kind: Kind
  /** The target with the secrets of the environment. Throws `ConfigError`, which names row or variable and the right form. */
  loadSettings: (row: DestinationRow<Kind>, env: Env) => Settings
  /** What no outcome, log or state may repeat. */
  secretsOf: (settings: Settings) => readonly string[]
  open: (settings: Settings, options: OpenOptions) => Link
}

/** A kind whose settings are its own affair. */
export type DestinationModule<Kind extends DestinationKind> = {
  kind: Kind
  /** Throws `ConfigError`; connects nothing. */
  bind: (row: DestinationRow<Kind>, options: OpenOptions) => Link & { secrets: readonly string[] }
}

/** Defines a kind of destination; its `Settings` are inferred from `loadSettings`. */
export const defineDestination = <Kind extends DestinationKind, Settings>({
  kind,
  loadSettings,
  secretsOf,
  open,
}: DestinationDefinition<Kind, Settings>): DestinationModule<Kind> => ({
  kind,
  bind: (row, options) => {
    const settings = loadSettings(row, options.env)
    return { ...open(settings, options), secrets: secretsOf(settings) }
  },
})
