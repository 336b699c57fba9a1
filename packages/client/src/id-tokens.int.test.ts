import { once } from 'node:events'
import { createServer } from 'node:http'
import { createMensageriaClient } from './index.ts'

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const variables = ['GCE_METADATA_HOST', 'METADATA_SERVER_DETECTION', 'GOOGLE_APPLICATION_CREDENTIALS', 'HOME']
const before = variables.map((name) => [name, process.env[name]] as const)
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

test('with sign-in a token for the service is sent twice: for Cloud Run, and whole for the service', async () => {
  const heard: (string | string[] | undefined)[][] = []
  let fails = true
  // Google's metadata server and the service, on one port.
  const server = createServer(({ url = '', headers }, response) => {
    const audience = new URL(url, 'http://x').searchParams.get('audience')
    if (url.startsWith('/v1/')) heard.push([headers['authorization'], headers['x-serverless-authorization']])
    const exp = Math.floor(Date.now() / 1000) + 3600
    response.writeHead(fails && audience !== null ? 403 : 200, { 'metadata-flavor': 'Google' })
    response.end(audience === null ? '{}' : `${encode({ alg: 'RS256' })}.${encode({ aud: audience, exp })}.x`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('Listens on no port')
  process.env['GCE_METADATA_HOST'] = `127.0.0.1:${address.port}`
  process.env['METADATA_SERVER_DETECTION'] = 'assume-present'
  delete process.env['GOOGLE_APPLICATION_CREDENTIALS']
  process.env['HOME'] = '/nonexistent'
  const baseUrl = `http://127.0.0.1:${address.port}`
  try {
    const client = createMensageriaClient({ baseUrl: `${baseUrl}/`, signIn: 'google' })
    await expect(client.GET('/v1/summary')).rejects.toThrow(`No identity token for ${baseUrl}: answered 403`)
    expect(heard).toEqual([])
    fails = false
    await client.GET('/v1/summary')
    const [[authorization, copy] = []] = heard
    const [, payload = ''] = String(authorization).split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ aud: baseUrl })
    expect(copy).toBe(authorization)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
