/** Why the client cannot send just now; nothing has been sent. */
export type KafkaState = 'client-closed' | 'no-leader' | 'no-metadata' | 'tls'

/** What stops a call before anything of it is sent. Its message is the key by which such failures are grouped. */
export class KafkaStateError extends Error {
  override readonly name = 'KafkaStateError'
  readonly state: KafkaState
  constructor(state: KafkaState, options?: ErrorOptions) {
    super(`The Kafka client cannot send: ${state}`, options)
    this.state = state
  }
}
