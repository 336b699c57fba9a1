import { decodeEvent, PushEnvelope, type DistributionCenterEvent } from '@mensageria/contracts'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'

/** A pushed event, and the name of its subscription. */
export type Pushed = { subscription: string; event: DistributionCenterEvent }

/** What the broker pushes to. */
export type PushServer = { urlOf: (subscription: string) => string; close(): Promise<void> }

const read = (body: unknown): Pushed => {
  const { message, subscription } = PushEnvelope.parse(body)
  const decoded = decodeEvent(message.attributes, Buffer.from(message.data, 'base64').toString())
  if (!decoded.ok) throw new Error(decoded.reason)
  return { subscription: subscription.split('/').at(-1) ?? '', event: decoded.event }
}

/** Starts a push endpoint on a free port: 204 where `handle` resolves with true, 503 otherwise. */
export const startPushServer = async (handle: (pushed: Pushed) => Promise<boolean>): Promise<PushServer> => {
  const server = createServer((request, response) => {
    json(request)
      .then((body) => handle(read(body)))
      .then(
        (ack) => response.writeHead(ack ? 204 : 503).end(),
        () => response.writeHead(503).end(),
      )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No address')
  return {
    urlOf: (subscription) => `http://127.0.0.1:${address.port}/${subscription}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
