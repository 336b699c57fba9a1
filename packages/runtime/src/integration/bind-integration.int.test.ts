import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import { DistributionCenterEvent } from '@mensageria/contracts'
import type { CallContext } from '@mensageria/core'
import { z } from 'zod'
import { bindIntegration } from './bind-integration.ts'
import { ConfigError } from '../base/config.ts'
import { defineIntegration } from './define-integration.ts'
import { createLogger } from '../logging/logger.ts'
import { listen } from '../testing/listen.ts'

const event = DistributionCenterEvent.parse({
  specversion: '1.0',
  id: '7d0c0a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11:1',
  source: '/mensageria/registration',
  type: 'br.mensageria.distribution-center.registered.v1',
  subject: '7d0c0a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11',
  time: '2026-11-24T12:00:00.000Z',
  sequence: 1,
  datacontenttype: 'application/json',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: {
    id: '7d0c0a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11',
    version: 1,
    createdAt: '2026-11-24T12:00:00.000Z',
    updatedAt: '2026-11-24T12:00:00.000Z',
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
    contact: { email: 'ana@example.com', phone: '+551133334444' },
  },
})

const context = (signal = new AbortController().signal): CallContext => ({
  idempotencyKey: 'key-1',
  attempt: 1,
  firstAttemptAt: 1,
  mayHaveEffect: false,
  now: 1,
  signal,
})

const Config = z.object({ CITY_HALL_LANGUAGE: z.string().default('pt') })

const cityHall = defineIntegration({
  name: 'city-hall',
  configSchema: Config,
  async deliver({ data }, { http, config }) {
    await http.get(`/cities?language=${config.CITY_HALL_LANGUAGE}`)
    const answer = await http.put(`/cities/${data.address.cityCode}`, { name: data.name })
    return answer.type === 'response'
      ? { kind: 'delivered' }
      : { kind: 'unknown', cause: answer.cause, message: 'No answer' }
  },
})

const envOf = (url: string) => ({ CITY_HALL_URL: url, CITY_HALL_TOKEN: 't0ken' })

const sink = () => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  return { lines, logger: createLogger({ level: 'debug', service: 'test', destination }) }
}

describe('bindIntegration', () => {
  test('every request has the token and the trace, and writes have the idempotency key', async () => {
    const seen: { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders }[] = []
    await using server = await listen(
      createServer((request, response) => {
        seen.push({ method: request.method, url: request.url, headers: request.headers })
        response.end('{}')
      }),
    )
    const bound = bindIntegration(cityHall, envOf(server.url), { connectionsMax: 1 })
    expect(await bound.call(event, context())).toEqual({ kind: 'delivered' })
    await bound.close()
    const common = { authorization: 'Bearer t0ken', traceparent: event.traceparent }
    expect(seen).toEqual([
      { method: 'GET', url: '/cities?language=pt', headers: expect.objectContaining(common) },
      {
        method: 'PUT',
        url: '/cities/3509205',
        headers: expect.objectContaining({ ...common, 'idempotency-key': 'key-1' }),
      },
    ])
    expect(seen[0]?.headers).not.toHaveProperty('idempotency-key')
  })

  test('every write has the key, whatever its method, and an integration may add headers to any request', async () => {
    const seen: string[] = []
    await using server = await listen(
      createServer((request, response) => {
        const {
          'idempotency-key': key,
          'content-type': type,
          authorization,
          'if-match': match,
        } = request.headers
        seen.push([request.method, request.url, key, type, authorization, match].join(' '))
        response.writeHead(204).end()
      }),
    )
    const writing = defineIntegration({
      name: 'city-hall',
      async deliver(_event, { http, outcome, idempotencyKey }) {
        const headers = { 'If-Match': '"1"', Authorization: 'mine', 'Idempotency-Key': 'mine' }
        await http.get('/a', { headers: { 'If-Match': '"1"' } })
        await http.post('/b', {}, { headers })
        await http.patch(
          '/c',
          { name: idempotencyKey },
          { headers: { 'Content-Type': 'application/merge-patch+json' } },
        )
        return outcome(await http.delete('/d', { headers }))
      },
    })
    const bound = bindIntegration(writing, envOf(server.url), { connectionsMax: 1 })
    expect(await bound.call(event, context())).toEqual({ kind: 'delivered' })
    await bound.close()
    expect(seen).toEqual([
      'GET /a   Bearer t0ken "1"',
      'POST /b key-1 application/json Bearer t0ken "1"',
      'PATCH /c key-1 application/merge-patch+json Bearer t0ken ',
      'DELETE /d key-1  Bearer t0ken "1"',
    ])
  })

  test('a system that answers twice: the next call gets an answer of its own', async () => {
    let requests = 0
    await using server = await listen(
      createNetServer((socket) => {
        socket.on('error', () => undefined)
        socket.on('data', () => {
          requests += 1
          const body = JSON.stringify({ id: requests })
          const one = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`
          socket.write(one + one)
        })
      }),
    )
    const reading = defineIntegration({
      name: 'city-hall',
      deliver: async (_event, { http, outcome }) =>
        outcome(await http.put('/a', {}), {
          schema: z.object({ id: z.number() }),
          externalId: ({ id }) => String(id),
        }),
    })
    const bound = bindIntegration(reading, envOf(server.url), { connectionsMax: 1 })
    expect(await bound.call(event, context())).toMatchObject({ externalId: '1' })
    expect(await bound.call(event, context())).toMatchObject({ externalId: '2' })
    await bound.close()
  })

  test('the signal of a call ends its requests', async () => {
    const controller = new AbortController()
    await using server = await listen(createServer(() => controller.abort()))
    const bound = bindIntegration(cityHall, envOf(server.url), { connectionsMax: 1 })
    expect(await bound.call(event, context(controller.signal))).toMatchObject({
      kind: 'unknown',
      cause: 'aborted',
    })
    await bound.close()
  })

  test.each([
    [{}, ['CITY_HALL_URL', 'CITY_HALL_TOKEN']],
    [{ CITY_HALL_URL: 'ftp://example.com', CITY_HALL_TOKEN: 't0ken' }, ['CITY_HALL_URL']],
    [{ CITY_HALL_URL: 'https://user:s3cret@example.com', CITY_HALL_TOKEN: 't0ken' }, ['CITY_HALL_URL']],
    [{ CITY_HALL_URL: 'https://example.com', CITY_HALL_TOKEN: 's3cret\n' }, ['CITY_HALL_TOKEN']],
  ])('%j does not start, and the error names %j', (env, names) => {
    expect.assertions(2 + names.length)
    try {
      bindIntegration(cityHall, env, { connectionsMax: 1 })
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      for (const name of names) expect(String(error)).toContain(name)
      expect(String(error)).not.toContain('s3cret')
    }
  })

  test('I10: a system that repeats the token has it hidden', async () => {
    const deliver = () =>
      Promise.resolve({
        kind: 'misconfigured',
        cause: 'rejected:long-t0ken',
        message: 'No: Bearer long-t0ken',
      } as const)
    const env = { ...envOf('http://127.0.0.1:1'), CITY_HALL_TOKEN: 'long-t0ken' }
    const bound = bindIntegration({ ...cityHall, deliver }, env, { connectionsMax: 1 })
    expect(await bound.call(event, context())).toMatchObject({
      cause: 'rejected:***',
      message: 'No: Bearer ***',
    })
    await bound.close()
  })

  test('a defect is logged with its stack and goes on to the core', async () => {
    const { lines, logger } = sink()
    const broken = { ...cityHall, deliver: () => Promise.reject(new TypeError('a defect')) }
    const bound = bindIntegration(broken, envOf('http://127.0.0.1:1'), { connectionsMax: 1, logger })
    await expect(bound.call(event, context())).rejects.toThrow('a defect')
    await bound.close()
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      severity: 'ERROR',
      message: 'integration.defect',
      integration: 'city-hall',
      eventId: event.id,
      stack_trace: expect.stringContaining('TypeError: a defect'),
    })
  })

  test('no line of a failing call holds the CNPJ, the contact or the token', async () => {
    const { lines, logger } = sink()
    const bound = bindIntegration(cityHall, envOf('http://127.0.0.1:1'), { connectionsMax: 1, logger })
    await bound.call(event, context())
    await bound.close()
    expect(lines).toHaveLength(2)
    expect(lines.join('')).not.toMatch(/11222333000181|ana@example\.com|551133334444|t0ken/)
  })
})
