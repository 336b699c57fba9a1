import { buildHttpApp, createLogger } from '@mensageria/runtime'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { createPagePlugin } from './page-plugin.ts'

let folder: string
let built: string | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mensageria-page-'))
  await mkdir(join(folder, 'page/assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'for nobody')
  await writeFile(join(folder, 'page/index.html'), '<!doctype html><title>Mensageria</title>')
  await writeFile(join(folder, 'page/icon.svg'), '<svg/>')
  await writeFile(join(folder, 'page/assets/a-1.js'), 'start()')
  await writeFile(join(folder, 'page/assets/a-1.js.br'), brotliCompressSync('start()'))
  built = join(folder, 'page')
})
afterAll(() => rm(folder, { recursive: true }))

const open = async (dir: () => string | undefined = () => built) => {
  const app = await buildHttpApp({
    logger: createLogger({ level: 'silent', service: 'console' }),
    bodyLimitBytes: 1024,
    openapi: { title: 'Console', version: '1', description: 'Operations' },
    plugins: [createPagePlugin({ dir })],
  })
  return {
    get: (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers }),
    inject: app.inject.bind(app),
    [Symbol.asyncDispose]: () => app.close(),
  }
}

test('the address without a path leads to the page', async () => {
  await using page = await open()
  const { statusCode, headers } = await page.get('/')
  expect([statusCode, headers.location]).toEqual([302, '/console'])
})

test.each(['/console', '/console/', '/console/centers/1', '/console/failures?integration=maas'])(
  '%s is a place in the page: the page itself, asked for anew each time',
  async (url) => {
    await using page = await open()
    const answer = await page.get(url)
    expect([answer.statusCode, answer.body]).toEqual([200, '<!doctype html><title>Mensageria</title>'])
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=0',
      etag: expect.any(String),
    })
    const again = await page.get(url, { 'if-none-match': String(answer.headers['etag']) })
    expect(again.statusCode).toBe(304)
  },
)

test('its policy allows files of this server alone: no inline script or style, no other host, no frame', async () => {
  await using page = await open()
  const { headers } = await page.get('/console')
  const policy = String(headers['content-security-policy'])
  expect(policy).toMatch(/^default-src 'none';/)
  for (const source of policy.split('; ')) expect(source).toMatch(/^[a-z-]+ '(?:none|self|script)'$/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
})

test('a file of the page is kept for ever, and sent compressed to who takes it', async () => {
  await using page = await open()
  const plain = await page.get('/console/assets/a-1.js')
  expect([plain.statusCode, plain.body]).toEqual([200, 'start()'])
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const small = await page.get('/console/assets/a-1.js', { 'accept-encoding': 'gzip, br' })
  expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' })
  expect((await page.get('/console/icon.svg')).headers).toMatchObject({ 'content-type': 'image/svg+xml' })
})

test.each([
  '/console/assets/gone.js',
  '/console/assets/../../secret.txt',
  '/console/assets/%2e%2e/%2e%2e/secret.txt',
  '/console/assets/..%2f..%2fsecret.txt',
])('%s is no file of the page', async (url) => {
  await using page = await open()
  const answer = await page.get(url)
  expect([403, 404]).toContain(answer.statusCode)
  expect(answer.body).not.toContain('for nobody')
})

test('while it is being built a browser is told to come again, and the API answers', async () => {
  let dir: string | undefined
  await using page = await open(() => dir)
  const answer = await page.get('/console')
  expect(answer.statusCode).toBe(503)
  expect(answer.headers).toMatchObject({ refresh: '1', 'retry-after': '1', 'cache-control': 'no-store' })
  expect((await page.get('/health/live')).statusCode).toBe(200)
  dir = built
  expect((await page.get('/console')).statusCode).toBe(200)
})

test('the page is read only, and no part of the API', async () => {
  await using page = await open()
  const answer = await page.inject({ method: 'POST', url: '/console/centers' })
  expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET, HEAD'])
  expect((await page.get('/openapi.json')).json()).toMatchObject({ paths: {} })
})
