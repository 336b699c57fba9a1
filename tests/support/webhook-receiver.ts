import type { DownstreamEffect } from '@mensageria/testkit'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'

/** The token that a receiver asks for. */
const TOKEN = 'of-the-portal'

/** An application with a webhook, that goes by the key: what comes again has no effect. */
export type WebhookReceiver = {
  /** The row that leads to it, and the environment of who sends, for the name `portal`. */
  row: { kind: 'webhook'; target: { url: string } }
  env: { PORTAL_TOKEN: string }
  effects: readonly DownstreamEffect[]
  close(): Promise<void>
}

/** Starts a receiver; its effects are those of the destination `portal`. */
export const startWebhookReceiver = async (): Promise<WebhookReceiver> => {
  const keys = new Set<string>()
  const effects: DownstreamEffect[] = []
  const take = ({ authorization, ...headers }: IncomingHttpHeaders): number => {
    if (authorization !== `Bearer ${TOKEN}`) return 401
    const idempotencyKey = String(headers['idempotency-key'])
    if (keys.has(idempotencyKey)) return 204
    keys.add(idempotencyKey)
    const centerId = String(headers['ce-subject'])
    effects.push({ system: 'portal', centerId, version: Number(headers['ce-sequence']), idempotencyKey })
    return 204
  }
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(take(request.headers)).end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No address')
  return {
    row: { kind: 'webhook', target: { url: `http://127.0.0.1:${address.port}/hooks/centers` } },
    env: { PORTAL_TOKEN: TOKEN },
    effects,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
