import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  createMensageriaClient,
  InsecureAddressError,
  RedirectError,
  UnreachableError,
  type Registration,
} from './index.ts'

type Handler = (request: IncomingMessage, response: ServerResponse, hit: number) => void

const serve = async (handler: Handler, port = 0) => {
  const keys: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const key = request.headers['idempotency-key']
    keys.push(typeof key === 'string' ? key : undefined)
    request.resume().on('end', () => handler(request, response, keys.length))
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('Listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    keys,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const answer = (response: ServerResponse, status: number, body: object = {}, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const body: Registration = {
  name: 'CD Cajamar',
  taxId: '11222333000181',
  address: {
    street: 'Rodovia Anhanguera',
    number: 'km 38',
    district: 'Jordanesia',
    city: 'Cajamar',
    cityCode: '3509205',
    state: 'SP',
    postalCode: '07786000',
  },
}
const register = (url: string, options: { deadlineMs?: number; attemptMs?: number } = {}) =>
  createMensageriaClient({ baseUrl: url, ...options }).POST('/v1/distribution-centers', { body })

test('a registration is repeated after a reset, a cut answer, 503 and 429, each time with the same key', async () => {
  await using server = await serve((request, response, hit) => {
    if (hit === 1) return request.socket.resetAndDestroy()
    if (hit === 2) {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '50' }).write('{"id"')
      return response.socket?.end()
    }
    if (hit === 3) return answer(response, 503)
    if (hit === 4) return answer(response, 429)
    return answer(response, 201, { id: 'x' })
  })
  const { response, data } = await register(server.url)
  expect([response.status, data?.id]).toEqual([201, 'x'])
  expect(server.keys).toHaveLength(5)
  expect(new Set(server.keys).size).toBe(1)
  expect(server.keys[0]).toMatch(/^[\da-f-]{36}$/)
})

test("each registration has a key of its own, and the caller's where it gives one", async () => {
  await using server = await serve((_request, response) => answer(response, 201, { id: 'x' }))
  const client = createMensageriaClient({ baseUrl: server.url })
  await client.POST('/v1/distribution-centers', { body })
  await client.POST('/v1/distribution-centers', { body })
  await client.POST('/v1/distribution-centers', { body, params: { header: { 'idempotency-key': 'mine' } } })
  expect(new Set(server.keys).size).toBe(3)
  expect(server.keys[2]).toBe('mine')
})

test('an attempt without an answer is given up and repeated', async () => {
  await using server = await serve((_request, response, hit) => {
    if (hit > 1) answer(response, 201, { id: 'x' })
  })
  expect((await register(server.url, { attemptMs: 200 })).response.status).toBe(201)
  expect(server.keys).toHaveLength(2)
})

test('defect 25: what may not be repeated has all of the deadline for its one attempt', async () => {
  await using server = await serve(
    (_request, response) => void setTimeout(() => answer(response, 201, {}), 300),
  )
  const client = createMensageriaClient({ baseUrl: server.url, attemptMs: 50 })
  const asked = { filter: {}, reason: 'a long dry run', dryRun: true }
  expect((await client.POST('/v1/redrives', { body: asked })).response.status).toBe(201)
  expect(server.keys).toHaveLength(1)
})

test('at the deadline the last answer is given, or an error that names the server', async () => {
  const server = await serve((_request, response) =>
    answer(response, 503, { title: 'Not available right now' }),
  )
  const { response, error } = await register(server.url, { deadlineMs: 300 })
  expect([response.status, error]).toEqual([503, { title: 'Not available right now' }])
  expect(server.keys.length).toBeGreaterThan(1)
  await server[Symbol.asyncDispose]()
  const asked = register(server.url, { deadlineMs: 300 })
  await expect(asked).rejects.toThrow(`No answer from ${server.url}`)
  await expect(asked).rejects.toBeInstanceOf(UnreachableError)
})

test('a Retry-After beyond the deadline is not waited for', async () => {
  await using server = await serve((_request, response) =>
    answer(response, 429, { title: 'Too many requests' }, { 'retry-after': '3600' }),
  )
  expect((await register(server.url)).response.status).toBe(429)
  expect(server.keys).toHaveLength(1)
})

test('a redrive, which has no key, is not sent twice where it may have arrived', async () => {
  await using server = await serve((request) => request.socket.resetAndDestroy())
  const client = createMensageriaClient({ baseUrl: server.url })
  const asked = client.POST('/v1/redrives', { body: { filter: { integration: 'maas' }, reason: 'test' } })
  await expect(asked).rejects.toThrow(UnreachableError)
  expect(server.keys).toHaveLength(1)
})

test.each([301, 302, 303, 307, 308])(
  'defect 16: a %d is told with its host, and nothing goes there',
  async (status) => {
    await using other = await serve((_request, response) => answer(response, 200))
    await using server = await serve((_request, response) =>
      answer(response, status, {}, { location: `${other.url}/login?next=/` }),
    )
    const signIn = async () => ({ authorization: 'Bearer t', 'x-serverless-authorization': 'Bearer t' })
    const asked = createMensageriaClient({ baseUrl: server.url, signIn }).POST('/v1/distribution-centers', {
      body,
    })
    await expect(asked).rejects.toBeInstanceOf(RedirectError)
    await expect(asked).rejects.toMatchObject({ status, host: new URL(other.url).host, origin: server.url })
    expect([server.keys.length, other.keys.length]).toEqual([1, 0])
  },
)

test.each([
  'http://service.example.com',
  'http://127.0.0.1.example.com',
  'http://10.0.0.1:8080',
  'http://localhost.example.com',
])('defect 16: a sign-in does not go to %s in the clear', (baseUrl) => {
  expect(() => createMensageriaClient({ baseUrl, signIn: 'google' })).toThrow(InsecureAddressError)
  expect(() => createMensageriaClient({ baseUrl })).not.toThrow()
})

test.each([
  ['500 of a platform', 500, 'text/plain', 'Internal Server Error'],
  ['404 of a proxy', 404, 'text/html', '<h1>404</h1>'],
  ['500 with JSON of its own', 500, 'application/json', '{"error":"upstream"}'],
  ['200 of a sign-in page', 200, 'text/html', '<form>'],
])('c17: a %s is asked again with the same key', async (_what, status, type, text) => {
  await using server = await serve((_request, response, hit) => {
    if (hit > 2) return answer(response, 201, { id: 'x' })
    response.writeHead(status, { 'content-type': type }).end(text)
  })
  expect((await register(server.url)).response.status).toBe(201)
  expect([server.keys.length, new Set(server.keys).size]).toEqual([3, 1])
})

test('c17: a success that is none of ours is no answer at the deadline either', async () => {
  await using server = await serve(
    (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<form>'),
  )
  await expect(register(server.url, { deadlineMs: 300 })).rejects.toBeInstanceOf(UnreachableError)
})

test('a problem document comes back as the error, with its fields', async () => {
  const problem = { type: 'urn:mensageria:problem:not-found', title: 'Not found', status: 404 }
  await using server = await serve((_request, response) =>
    answer(response, 404, problem, { 'content-type': 'application/problem+json' }),
  )
  const client = createMensageriaClient({ baseUrl: server.url })
  const path = { id: 'x' }
  const { error } = await client.GET('/v1/distribution-centers/{id}', { params: { path } })
  expect(error).toEqual(problem)
})

test.each(['of the request', 'of the client'])(
  'a signal %s ends it with its own reason, also in a pause',
  async (whose) => {
    const controller = new AbortController()
    await using server = await serve((_request, response) => {
      answer(response, 503, {}, { 'retry-after': '20' })
      setImmediate(() => controller.abort(new Error('enough')))
    })
    const { signal } = controller
    const [ofClient, ofRequest] = whose === 'of the client' ? [{ signal }, {}] : [{}, { signal }]
    const client = createMensageriaClient({ baseUrl: server.url, ...ofClient })
    await expect(client.GET('/v1/summary', ofRequest)).rejects.toThrow('enough')
    expect(server.keys).toHaveLength(1)
  },
)
