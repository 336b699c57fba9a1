import { defined } from '@mensageria/contracts'
import { createHttpClient, createSystemClock, outboundProxyOf } from '@mensageria/runtime'
import type { Link, OpenOptions } from '../define-destination.ts'
import { classify } from './classify.ts'
import type { WebhookSettings } from './settings.ts'

/** POSTs each message to the receiver, in binary mode of the CloudEvents HTTP binding. */
export const open = (settings: WebhookSettings, { connectionsMax, env, logger }: OpenOptions): Link => {
  const { token, rejectedBy } = settings
  const { origin: baseUrl, pathname } = new URL(settings.url)
  const clock = createSystemClock()
  const proxy = outboundProxyOf(env)
  const client = createHttpClient({ baseUrl, token, connectionsMax, ...defined({ proxy, logger }) })
  return {
    send: async ({ attributes, body, idempotencyKey, traceparent }, signal) => {
      const ce = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]))
      const headers = { ...ce, 'idempotency-key': idempotencyKey, ...defined({ traceparent }) }
      const answer = await client.request('POST', pathname, { body: JSON.parse(body), headers, signal })
      return classify(answer, rejectedBy, clock.now())
    },
    close: () => client.close(),
  }
}
