import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { bindDestination } from './bind-destination.ts'

const sampleEvent = toEvent(center, undefined)

const context = {
  idempotencyKey: 'key-1',
  attempt: 1,
  firstAttemptAt: 1,
  mayHaveEffect: false,
  now: 1,
  signal: new AbortController().signal,
}

test('a webhook gets the center as a CloudEvent in binary mode', async () => {
  const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url, headers } = request
      seen.push({ url, headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
      response.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const target = { url: `http://127.0.0.1:${port}/hooks/centers`, rejected_by: [] }
  const bound = await bindDestination(
    'portal',
    { kind: 'webhook', target },
    { env: { PORTAL_TOKEN: 't0ken' }, connectionsMax: 1 },
  )
  expect(await bound.call(sampleEvent, context)).toEqual({ kind: 'delivered' })
  await bound.close()
  server.close()
  expect(seen).toEqual([
    {
      url: '/hooks/centers',
      headers: expect.objectContaining({
        authorization: 'Bearer t0ken',
        'content-type': 'application/json',
        'ce-id': sampleEvent.id,
        'ce-type': sampleEvent.type,
        'ce-subject': sampleEvent.subject,
        'ce-sequence': String(sampleEvent.sequence),
        'idempotency-key': 'key-1',
      }),
      body: sampleEvent.data,
    },
  ])
})
