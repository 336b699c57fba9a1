import { createServer } from 'node:http'
import { listen } from '../testing/listen.ts'
import { createIdTokens } from './id-tokens.ts'

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

// Google's metadata server, as a process on Cloud Run sees it.
const startMetadata = async () => {
  const asked: string[] = []
  let fails = false
  const server = await listen(
    createServer(({ url = '', headers }, response) => {
      const audience = new URL(url, 'http://x').searchParams.get('audience')
      if (audience !== null) asked.push(`${audience} ${String(headers['metadata-flavor'])}`)
      const exp = Math.floor(Date.now() / 1000) + 3600
      response.writeHead(fails && audience !== null ? 403 : 200, { 'metadata-flavor': 'Google' })
      response.end(`${encode({ alg: 'RS256' })}.${encode({ aud: audience, exp })}.x`)
    }),
  )
  return { ...server, asked, fail: (value: boolean) => (fails = value) }
}

const variables = ['GCE_METADATA_HOST', 'METADATA_SERVER_DETECTION', 'GOOGLE_APPLICATION_CREDENTIALS', 'HOME']
const before = variables.map((name) => [name, process.env[name]] as const)
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

test('a token is asked for once an audience, and kept; one that could not be had is asked for again', async () => {
  await using metadata = await startMetadata()
  process.env['GCE_METADATA_HOST'] = `127.0.0.1:${metadata.port}`
  process.env['METADATA_SERVER_DETECTION'] = 'assume-present'
  delete process.env['GOOGLE_APPLICATION_CREDENTIALS']
  process.env['HOME'] = '/nonexistent'
  const authorize = await createIdTokens()
  metadata.fail(true)
  await expect(authorize('https://maas.example.com')).rejects.toThrow(
    'No ID token for https://maas.example.com could be had: answered 403',
  )
  metadata.fail(false)
  const earlier = metadata.asked.length
  const [first, second, other] = [
    await authorize('https://dmitri.example.com'),
    await authorize('https://dmitri.example.com'),
    await authorize('https://maas.example.com'),
  ]
  expect(first).toMatch(/^Bearer [\w-]+\.[\w-]+\.x$/)
  expect(second).toBe(first)
  expect(other).not.toBe(first)
  expect(metadata.asked.slice(earlier)).toEqual([
    'https://dmitri.example.com Google',
    'https://maas.example.com Google',
  ])
})
