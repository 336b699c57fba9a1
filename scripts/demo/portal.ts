import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'

/** An application that wants every center, with an endpoint of its own and no code of ours: a destination of the list. */
export type Portal = {
  name: string
  /** Its row in the list of integrations. */
  row: { kind: 'webhook'; display_name: string; target: { url: string; auth: 'hmac' } }
  /** What the sender must have in its environment. */
  env: Record<string, string>
  /** What had an effect there, in order. */
  effects: readonly { centerId: string; version: number; center: string }[]
  close(): Promise<void>
}

const NAME = 'portal'

// What any consumer needs: the signature tells who sends, the key what came before. Throws where the signature is not right.
const createConsumer = (secret: string) => {
  const signature = new Webhook(secret)
  const keys = new Set<string>()
  const effects: { centerId: string; version: number; center: string }[] = []
  const consume = (headers: IncomingHttpHeaders, body: string): void => {
    const fields = z.record(z.string(), z.string()).parse(headers)
    const center = z.object({ name: z.string() }).parse(signature.verify(body, fields))
    const key = fields['idempotency-key'] ?? ''
    if (keys.has(key)) return
    keys.add(key)
    effects.push({
      centerId: fields['ce-subject'] ?? '',
      version: Number(fields['ce-sequence']),
      center: center.name,
    })
  }
  return { effects, consume }
}

/** Starts the portal in this process. It takes only what is signed with its secret. */
export const startPortal = async (): Promise<Portal> => {
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const { effects, consume } = createConsumer(secret)
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => consume(request.headers, body))
      .then(
        () => response.writeHead(204).end(),
        () => response.writeHead(401).end(),
      )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The portal has no address')
  const url = `http://127.0.0.1:${address.port}/hooks/centers`
  return {
    name: NAME,
    row: { kind: 'webhook', display_name: 'Portal', target: { url, auth: 'hmac' } },
    env: { PORTAL_SECRET: secret },
    effects,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
