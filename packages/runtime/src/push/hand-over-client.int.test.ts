import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { decodeEvent } from '@mensageria/contracts'
import type { DeliveryTrigger, DeliverResult } from '@mensageria/core'
import { buildHttpApp } from '../http/http-app.ts'
import { createLogger } from '../logging/logger.ts'
import { listen, portOf } from '../testing/listen.ts'
import { envelopeOf, sampleEvent, TRACE_ID } from '../testing/push-samples.ts'
import { createHandOverClient, type HandOverClientOptions } from './hand-over-client.ts'
import { createPushPlugin, type PushPluginOptions } from './push-plugin.ts'
import { createLocalVerifier } from './push-verifier.ts'

const open = (url: string, options: Partial<HandOverClientOptions> = {}) => {
  const lines: string[] = []
  const client = createHandOverClient({
    endpoints: { dmitri: { url } },
    clock: { now: () => Date.parse('2026-11-24T12:00:00.000Z') },
    logger: createLogger({
      level: 'debug',
      service: 'test',
      destination: { write: (line: string) => void lines.push(line) },
    }),
    ...options,
  })
  const parsed = () => lines.map((line): unknown => JSON.parse(line))
  return { ...client, lines: parsed, [Symbol.asyncDispose]: () => client.close() }
}

const startEndpoint = async (handle: PushPluginOptions['handle'], verify = createLocalVerifier()) => {
  const logger = createLogger({ level: 'silent', service: 'test', destination: { write: () => undefined } })
  const plugins = [createPushPlugin({ verify, handle })]
  const app = await buildHttpApp({ logger, bodyLimitBytes: 1024, plugins })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${portOf(app.server)}`
  return { url, [Symbol.asyncDispose]: () => app.close() }
}

const startServer = (answer: (request: IncomingMessage, response: ServerResponse) => void) =>
  listen(
    createServer((request, response) => {
      request.resume()
      answer(request, response)
    }),
  )

const byRedrive: DeliveryTrigger = { kind: 'redrive', id: 'r-1', force: true }

describe('a hand-over to an integration', () => {
  test.each<[boolean, DeliverResult['result']]>([
    [true, 'delivered'],
    [true, 'duplicate'],
    [true, 'superseded'],
    [false, 'transient'],
    [false, 'misconfigured'],
    [false, 'rejected'],
    [false, 'unknown'],
    [false, 'busy'],
    [false, 'already-rejected'],
    [false, 'held'],
    [false, 'lease-lost'],
  ])('comes back with what the integration says: %s, %s', async (ack, result) => {
    await using endpoint = await startEndpoint(async () => ({ ack, result }))
    await using client = open(endpoint.url)
    expect(await client.handOver('dmitri', sampleEvent, { kind: 'reconcile' })).toEqual({ ack, result })
  })

  test.each<DeliveryTrigger>([{ kind: 'recovery' }, { kind: 'reconcile' }, byRedrive])(
    'says why it comes, and carries the whole event: %j',
    async (trigger) => {
      const got: unknown[] = []
      await using endpoint = await startEndpoint(async (message, context) => {
        got.push(context.trigger, decodeEvent(message.attributes, message.data))
        return { ack: true, result: 'delivered' }
      })
      await using client = open(endpoint.url)
      await client.handOver('dmitri', sampleEvent, trigger)
      expect(got).toEqual([trigger, { ok: true, event: sampleEvent }])
    },
  )

  test('keeps the path of the configured address and sends the token of its audience', async () => {
    const got: unknown[] = []
    await using server = await startServer((request, response) => {
      const {
        authorization,
        'x-serverless-authorization': forPlatform,
        'content-type': type,
      } = request.headers
      got.push(request.url, authorization, forPlatform, type)
      response.writeHead(204, { 'delivery-result': 'delivered' }).end()
    })
    await using client = open('', {
      endpoints: { dmitri: { url: `${server.url}/dmitri/`, audience: 'https://dmitri.example.com' } },
      authorize: async (audience) => `Bearer for-${audience}`,
    })
    await client.handOver('dmitri', sampleEvent, { kind: 'reconcile' })
    const token = 'Bearer for-https://dmitri.example.com'
    expect(got).toEqual(['/dmitri/push', token, token, 'application/json'])
  })

  test('is an envelope as the broker sends it', async () => {
    const got: unknown[] = []
    await using server = await listen(
      createServer((request, response) => {
        void json(request).then((body) => {
          got.push(body)
          response.writeHead(204, { 'delivery-result': 'delivered' }).end()
        })
      }),
    )
    await using client = open(server.url)
    await client.handOver('dmitri', sampleEvent, { kind: 'recovery' })
    expect(got).toMatchObject([
      {
        subscription: 'dmitri',
        message: {
          attributes: { 'ce-id': sampleEvent.id, handover: 'recovery' },
          data: Reflect.get(Object(envelopeOf()['message']), 'data'),
        },
      },
    ])
  })
})

describe('an answer that is none counts as unreachable', () => {
  const answers: [string, (response: ServerResponse) => void][] = [
    ['204 without a result', (response) => response.writeHead(204).end()],
    [
      '204 with a result nobody knows',
      (response) => response.writeHead(204, { 'delivery-result': 'x' }).end(),
    ],
    [
      '204 with a result of Object',
      (response) => response.writeHead(204, { 'delivery-result': 'toString' }).end(),
    ],
    [
      '200 with a result',
      (response) => response.writeHead(200, { 'delivery-result': 'delivered' }).end('{}'),
    ],
    ['a redirect', (response) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end()],
    ['401', (response) => response.writeHead(401).end('{"status":401}')],
    ['503 of a load balancer', (response) => response.writeHead(503).end('no instance')],
    ['503 without a result', (response) => response.writeHead(503).end('{"status":503}')],
    ['503 with a wrong result', (response) => response.writeHead(503).end('{"status":503,"result":{}}')],
    ['500 with a result', (response) => response.writeHead(500).end('{"status":503,"result":"busy"}')],
    [
      'half an answer',
      (response) => {
        response.writeHead(503, { 'content-length': '100' }).write('{"status":503,')
        response.destroy()
      },
    ],
    ['no answer', (response) => response.destroy()],
  ]
  test.each(answers)('%s', async (_what, answer) => {
    await using server = await startServer((_request, response) => answer(response))
    await using client = open(server.url)
    await expect(client.handOver('dmitri', sampleEvent, { kind: 'reconcile' })).rejects.toThrow(
      'was not reached',
    )
    expect(client.lines()).toMatchObject([
      {
        message: 'handover.unreachable',
        severity: 'ERROR',
        integration: 'dmitri',
        'logging.googleapis.com/trace': TRACE_ID,
      },
    ])
  })

  test('an endpoint that answers too late', async () => {
    await using server = await startServer(() => undefined)
    await using client = open(server.url, { timeoutMs: 20 })
    await expect(client.handOver('dmitri', sampleEvent, { kind: 'reconcile' })).rejects.toThrow(
      'was not reached',
    )
  })

  test('a caller that the endpoint does not believe', async () => {
    const verify = async () => ({ ok: true, caller: 'subscription' }) as const
    await using endpoint = await startEndpoint(async () => ({ ack: true, result: 'delivered' }), verify)
    await using client = open(endpoint.url)
    await expect(client.handOver('dmitri', sampleEvent, { kind: 'reconcile' })).rejects.toThrow(
      'was not reached',
    )
  })

  test('a token that cannot be had', async () => {
    await using server = await startServer((_request, response) =>
      response.writeHead(204, { 'delivery-result': 'delivered' }).end(),
    )
    const authorize = () => Promise.reject(new Error('no metadata server'))
    await using client = open(server.url, { authorize })
    await expect(client.handOver('dmitri', sampleEvent, { kind: 'reconcile' })).rejects.toThrow(
      'was not reached',
    )
  })

  test('a token that never comes, and nothing is sent when it does', async () => {
    const requests: unknown[] = []
    await using server = await startServer((request, response) => {
      requests.push(request.url)
      response.writeHead(204, { 'delivery-result': 'delivered' }).end()
    })
    const token = Promise.withResolvers<string>()
    await using client = open(server.url, { authorize: () => token.promise, timeoutMs: 20 })
    await expect(client.handOver('dmitri', sampleEvent, { kind: 'reconcile' })).rejects.toThrow(
      'was not reached',
    )
    token.resolve('Bearer late')
    await token.promise
    expect(requests).toEqual([])
  })

  test.each(['maas', 'toString', '__proto__'])('an integration without an address: %s', async (name) => {
    await using client = open('http://127.0.0.1:9')
    await expect(client.handOver(name, sampleEvent, { kind: 'reconcile' })).rejects.toThrow('no address')
  })
})
