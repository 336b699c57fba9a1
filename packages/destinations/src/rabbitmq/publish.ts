import { setImmediate as afterEvents } from 'node:timers/promises'
import type { Channel, Envelope, ReturnedMessage } from 'rabbitmq-client'

/** How a message that was sent on a channel of its own ended. */
export type Published = { confirmed: true; returned: boolean } | { confirmed: false; error: unknown }

/** Ends with the promise, or with the signal's reason. */
export const orAborted = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Publishes one message and waits for the broker's confirmation. */
export const publish = async (
  channel: Channel,
  envelope: Envelope,
  body: string,
  signal: AbortSignal,
): Promise<Published> => {
  let returned: ReturnedMessage | undefined
  let channelError: unknown
  const onReturn = (message: ReturnedMessage) => (returned = message)
  const onError = (error: unknown) => (channelError = error)
  channel.on('basic.return', onReturn).on('error', onError)
  try {
    await orAborted(channel.basicPublish(envelope, Buffer.from(body)), signal)
    // The broker returns a message before it confirms it, and the library tells of that one turn of the event loop later.
    await afterEvents()
    return { confirmed: true, returned: returned !== undefined }
  } catch (error) {
    return { confirmed: false, error: channelError ?? error }
  } finally {
    channel.off('basic.return', onReturn).off('error', onError)
  }
}
