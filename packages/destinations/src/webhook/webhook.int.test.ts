import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describeDestination, type Received, type RowUnderTest } from '@mensageria/testkit/destination-suite'
import { startTcpProxy } from '@mensageria/testkit/tcp-proxy'
import { Webhook } from 'standardwebhooks'
import { openDestination } from '../testing/open-destination.ts'

const [SECRET = '', OTHER = ''] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'))
const MEGABYTE = 1_048_576

const toReceived = ({ headers }: IncomingMessage, body: unknown): Received => ({
  attributes: Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('ce-') ? [[name.slice('ce-'.length), decodeURIComponent(String(value))]] : [],
    ),
  ),
  contentType: String(headers['content-type']),
  body,
  idempotencyKey: String(headers['idempotency-key']),
  traceparent: String(headers['traceparent']),
})

const signatureOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]),
  )

// A receiver as somebody else writes one: it believes the signature alone, checked by the library of Standard Webhooks.
const startReceiver = async () => {
  const received = new Map<string, Received[]>()
  const answerTo = (request: IncomingMessage, body: string): [number, object] => {
    const inbox = received.get(request.url ?? '')
    if (!inbox) return [404, { title: 'Not found' }]
    let data: unknown
    try {
      data = new Webhook(SECRET).verify(body, signatureOf(request))
    } catch {
      return [401, { title: 'Unauthorized' }]
    }
    if (body.length > MEGABYTE) return [413, { code: 'too-large', message: 'At most a megabyte' }]
    const entry = toReceived(request, data)
    expect(request.headers['webhook-id']).toBe(entry.attributes['id'])
    inbox.push(entry)
    return [202, {}]
  }
  const server = createServer((request, response) => {
    void text(request).then(
      (body) => {
        const [status, answer] = answerTo(request, body)
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      },
      () => response.destroy(),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('Listens on no port')
  return {
    host: `127.0.0.1:${address.port}`,
    received,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())

describeDestination({
  kind: 'webhook',
  open: openDestination,
  startProxy: () => startTcpProxy(receiver.host),
  makeTarget: async ({ host }) => {
    const path = `/hooks/${randomUUID()}`
    receiver.received.set(path, [])
    const rowOf = (to: string, secret: string): RowUnderTest => ({
      destination: {
        kind: 'webhook',
        target: { url: `http://${host}${to}`, auth: 'hmac', rejected_by: [413] },
      },
      env: { ERP_SECRET: secret },
    })
    return {
      row: rowOf(path, SECRET),
      refused: rowOf(path, OTHER),
      missing: rowOf('/nowhere', SECRET),
      received: () => receiver.received.get(path) ?? [],
      close: async () => void receiver.received.delete(path),
    }
  },
  expected: {
    refused: { kind: 'misconfigured', cause: 'http-401' },
    missing: { kind: 'misconfigured', cause: 'http-404' },
    tooLarge: { kind: 'rejected', cause: 'rejected:too-large' },
  },
})
