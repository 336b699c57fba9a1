import type { Link } from '../define-destination.ts'
import { createChannels } from './channels.ts'
import { blocked, classify, unroutable } from './classify.ts'
import { connect } from './connect.ts'
import { orAborted, publish } from './publish.ts'
import type { RabbitmqSettings } from './settings.ts'
import { toEnvelope } from './to-envelope.ts'

/** Publishes each message to the exchange, mandatory and persistent, and waits for its confirmation. */
export const open = (settings: RabbitmqSettings): Link => {
  const { exchange } = settings
  const channels = createChannels((onEnd) => connect(settings, onEnd))

  // A channel that comes after its call has ended is the next one's.
  const take = async (signal: AbortSignal) => {
    const taking = channels.take()
    try {
      return await orAborted(taking, signal)
    } catch (error) {
      taking.then(channels.give, () => undefined)
      throw error
    }
  }

  return {
    send: async (message, signal) => {
      const reason = channels.blocked()
      if (reason !== undefined) return blocked(reason)
      let channel
      try {
        channel = await take(signal)
      } catch (error) {
        return classify({ error, phase: 'before-sent', aborted: signal.aborted })
      }
      const envelope = toEnvelope(settings, message)
      const published = await publish(channel, envelope, message.body, signal)
      if (published.confirmed) {
        channels.give(channel)
        return published.returned ? unroutable(envelope.routingKey ?? '') : { kind: 'delivered' }
      }
      // Its confirmation may still come: this channel is nobody's any more.
      void channel.close()
      return classify({ error: published.error, phase: 'after-sent', aborted: signal.aborted })
    },
    check: async (signal) => {
      try {
        const channel = await take(signal)
        // The broker closes a channel that asks for an exchange that is not there.
        await orAborted(channel.exchangeDeclare({ exchange, passive: true }), signal).catch(
          (error: unknown) => {
            void channel.close()
            throw error
          },
        )
        channels.give(channel)
        return undefined
      } catch (error) {
        return classify({ error, phase: 'before-sent', aborted: signal.aborted })
      }
    },
    close: () => channels.close(),
  }
}
