import { defined } from '@mensageria/contracts'
import { createSystemClock, openClient } from '@mensageria/runtime'
import type { Link, OpenOptions } from '../define-destination.ts'
import { classify } from './classify.ts'
import type { WebhookSettings } from './settings.ts'
import { toHeaders } from './to-headers.ts'

/** POSTs each message to the receiver, in binary mode of the CloudEvents HTTP binding. */
export const open = (settings: WebhookSettings, { connectionsMax, env, logger }: OpenOptions): Link => {
  const { name, authentication, rejectedBy } = settings
  const { origin: url, pathname } = new URL(settings.url)
  const clock = createSystemClock()
  const client = openClient(name, { url, authentication, connectionsMax, env, ...defined({ logger }) })
  return {
    send: async (message, signal, hide = () => undefined) => {
      const { body: text, eventId } = message
      const headers = toHeaders(message)
      client.secrets.forEach(hide)
      const answer = await client.request('POST', pathname, { text, headers, eventId, signal, hide })
      return classify(answer, rejectedBy, clock.now())
    },
    close: () => client.close(),
  }
}
