import { bearer } from '../authentication/authentication.ts'
import { startForwardProxy, type ForwardProxy, type ProxyMode } from '@mensageria/testkit/forward-proxy'
import { freePort } from '@mensageria/testkit/free-port'
import { createServer } from 'node:http'
import { outboundProxyOf } from '../base/outbound-proxy.ts'
import { listen } from '../testing/listen.ts'
import { createHttpClient } from './http-client.ts'

const signal = new AbortController().signal

const open = (baseUrl: string, env: Record<string, string>) => {
  const proxy = outboundProxyOf(env)
  const client = createHttpClient({
    baseUrl,
    authentication: bearer('t0ken'),
    connectionsMax: 2,
    ...(proxy ? { proxy } : {}),
  })
  return {
    get: () => client.request('GET', '/things', { eventId: 'e', headers: {}, signal }),
    [Symbol.asyncDispose]: () => client.close(),
  }
}
const serve = () =>
  listen(
    createServer((_request, response) => response.setHeader('content-type', 'application/json').end('{}')),
  )

const failure = (cause: string, misconfigured: boolean) => ({
  type: 'failure',
  phase: 'before-sent',
  cause,
  misconfigured,
})
const SUCCESS = { type: 'response', status: 200, body: {} }

let proxy: ForwardProxy
let system: Awaited<ReturnType<typeof serve>>
beforeEach(async () => {
  system = await serve()
  proxy = await startForwardProxy({
    'maas.example:80': new URL(system.url).host,
    'maas.example:443': new URL(system.url).host,
  })
})
afterEach(async () => {
  await proxy.close()
  await system[Symbol.asyncDispose]()
})

describe('c19: a system that only a proxy reaches', () => {
  test.each(['HTTP_PROXY', 'http_proxy'])('is reached by %s', async (variable) => {
    await using client = open('http://maas.example', { [variable]: proxy.url })
    expect(await client.get()).toEqual(SUCCESS)
    expect(proxy.asked).toEqual(['maas.example:80'])
  })

  test('is asked for a tunnel where it speaks TLS', async () => {
    await using client = open('https://maas.example', { HTTPS_PROXY: proxy.url.replace('http://', '') })
    // What is behind the tunnel speaks no TLS: that is the system's fault, and none of the proxy's.
    expect(await client.get()).toMatchObject({ type: 'failure', cause: 'tls', misconfigured: true })
    expect(proxy.asked).toEqual(['maas.example:443'])
  })

  test.each([
    ['an address of this machine', '', undefined],
    ['a host that NO_PROXY names', 'http://maas.invalid', 'maas.invalid'],
    ['a host below one that NO_PROXY names', 'http://a.maas.invalid', 'x.example, .maas.invalid'],
    ['every host', 'http://maas.invalid', '*'],
  ])('is not asked for %s', async (_what, url, noProxy) => {
    const env = { HTTP_PROXY: proxy.url, ...(noProxy === undefined ? {} : { NO_PROXY: noProxy }) }
    await using client = open(url === '' ? system.url : url, env)
    expect(await client.get()).toEqual(url === '' ? SUCCESS : failure('dns', true))
    expect(proxy.asked).toEqual([])
  })
})

describe('c19: what goes wrong with a proxy is never taken for the word of the system', () => {
  test.each<[ProxyMode, ReturnType<typeof failure>]>([
    [{ status: 407 }, failure('proxy-http-407', true)],
    [{ status: 403 }, failure('proxy-http-403', true)],
    [{ status: 502 }, failure('proxy-http-502', false)],
    ['reset', failure('proxy-connection-reset', false)],
  ])('a tunnel: %j', async (mode, expected) => {
    proxy.become(mode)
    await using client = open('https://maas.example', { HTTPS_PROXY: proxy.url })
    expect(await client.get()).toEqual(expected)
    proxy.become('open')
    expect(await client.get()).toMatchObject({ cause: 'tls' })
  })

  test('without a tunnel: a password that it asks for', async () => {
    proxy.become({ status: 407 })
    await using client = open('http://maas.example', { HTTP_PROXY: proxy.url })
    expect(await client.get()).toEqual(failure('proxy-http-407', true))
  })

  test.each(['http', 'https'])('nobody listens, %s', async (scheme) => {
    const nobody = `http://127.0.0.1:${await freePort()}`
    await using client = open(`${scheme}://maas.example`, { HTTP_PROXY: nobody, HTTPS_PROXY: nobody })
    expect(await client.get()).toEqual(failure('proxy-connection-refused', false))
  })

  test('its name is wrong', async () => {
    await using client = open('https://maas.example', { HTTPS_PROXY: 'http://proxy.invalid:3128' })
    expect(await client.get()).toEqual(failure('proxy-dns', true))
  })

  test('it does not answer: the call ends, and the next one goes through', async () => {
    proxy.become('hang')
    await using client = open('https://maas.example', { HTTPS_PROXY: proxy.url })
    expect(await client.get()).toMatchObject({ type: 'failure', cause: 'timeout', phase: 'after-sent' })
    proxy.become('open')
    expect(await client.get()).toMatchObject({ cause: 'tls' })
  })
})

describe('c19: a proxy that cannot be meant', () => {
  test.each([
    'socks5://proxy.example:1080',
    'http://',
    'proxy example',
    'http://proxy.example/path',
    'http://:x',
    'http://proxy.example?x',
    'http://proxy.example#x',
    'http://user:100%@proxy.example:3128',
  ])('%s stops the start, and its value is not told', (value) => {
    expect(() => outboundProxyOf({ HTTPS_PROXY: value })).toThrow(
      /^HTTPS_PROXY must be the URL of a proxy, for example http:\/\/proxy\.example\.com:3128$/,
    )
  })

  test('none is set', () => {
    expect(outboundProxyOf({ NO_PROXY: '*', HTTP_PROXY: '' })).toBeUndefined()
  })
})
