import type { IncomingHttpHeaders } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runHere, serve } from './testing/run.ts'

const TOKEN = { MENSAGERIA_TOKEN: 'SECRET' }

test.each(['watch', 'doctor', 'centers', 'integrations'])(
  'defect 16: %s tells of a redirect and takes no token there',
  async (command) => {
    const heard: IncomingHttpHeaders[] = []
    await using other = await serve(({ headers }, response) => {
      heard.push(headers)
      response.end('{}')
    })
    await using front = await serve((_request, response) =>
      response.writeHead(302, { location: `${other.url}/login` }).end(),
    )
    const ran = await runHere([command, '--url', front.url], TOKEN)
    expect(ran.code).toBe(command === 'doctor' ? 1 : 3)
    expect(ran.out + ran.err).toContain(`answers 302 and leads to ${new URL(other.url).host}`)
    expect(heard).toEqual([])
  },
)

test('defect 16: watch takes no token along where only the stream leads elsewhere', async () => {
  const heard: IncomingHttpHeaders[] = []
  await using other = await serve(({ headers }, response) => {
    heard.push(headers)
    response.end()
  })
  await using front = await serve(({ url = '' }, response) => {
    if (url === '/v1/events') return response.writeHead(307, { location: other.url }).end()
    const deliveries = { waiting: 0, delivering: 0, retrying: 0, rejected: 0, parked: 0, delivered: 0 }
    return response.end(JSON.stringify({ accepted: 0, deliveries, items: [] }))
  })
  expect(await runHere(['watch', '--json', '--url', front.url], TOKEN)).toMatchObject({
    code: 3,
    err: expect.stringContaining(new URL(other.url).host),
  })
  expect(heard).toEqual([])
})

test.each([
  ['http://service.example.com', 'is not https'],
  ['http://127.0.0.1.example.com:8080', 'is not https'],
  ['http://[2001:db8::1]:8080', 'is not https'],
])('defect 16: a token is not sent to %s', async (url, said) => {
  for (const command of ['centers', 'watch', 'doctor']) {
    const ran = await runHere([command, '--url', url], TOKEN)
    expect([command, ran.code, ran.err]).toEqual([command, 2, expect.stringContaining(said)])
  }
})

test('defect 16: an address with a password is refused, and the password is not repeated', async () => {
  for (const command of ['centers', 'watch', 'doctor']) {
    for (const url of [
      'http://ana:hunter2@127.0.0.1:8080',
      'https://ana:hunter2@example.com',
      'ftp://ana:hunter2@x',
    ]) {
      const ran = await runHere([command, '--url', url])
      expect(ran.code).toBe(2)
      expect(ran.err + ran.out).not.toContain('hunter2')
    }
  }
})

const csv = (rows: number): string => {
  const head = 'name,taxId,street,number,district,city,cityCode,state,postalCode'
  const line = (n: number) => `CD ${n},112223330001${n + 10},Rua A,1,Centro,Cajamar,3509205,SP,07786000`
  return `${[head, ...Array.from({ length: rows }, (_, n) => line(n))].join('\n')}\n`
}

test('c17: an import takes the 500 of a platform for passing: no row is rejected', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'mensageria-'))
  const file = join(dir, 'centers.csv')
  await writeFile(file, csv(30))
  let posts = 0
  await using front = await serve((request, response) => {
    request.resume().on('end', () => {
      posts += 1
      if (posts % 5 === 0)
        return response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error')
      return response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"x","database":"d"}')
    })
  })
  const ran = await runHere(['import', file, '--url', front.url, '--json'])
  expect([ran.code, ran.err]).toEqual([0, ''])
  expect(JSON.parse(ran.out)).toMatchObject({ registered: 30, rejected: 0 })
  await rm(dir, { recursive: true })
})

test('c17: a 403 of a platform stops an import with exit 3, without a rejected row', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'mensageria-'))
  const file = join(dir, 'centers.csv')
  await writeFile(file, csv(2))
  await using front = await serve((request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Forbidden</h1>'))
  })
  expect(await runHere(['import', file, '--url', front.url])).toMatchObject({ code: 3 })
  await expect(readFile(join(dir, 'centers.rejects.csv'))).rejects.toThrow('ENOENT')
  await rm(dir, { recursive: true })
})

test('c17: a 404 page of a proxy is exit 3 after the deadline, and our own 404 is exit 1 at once', async () => {
  let asked = 0
  await using front = await serve((_request, response) => {
    asked += 1
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404 page not found</h1>')
  })
  const args = ['--timeout', '0.5', '--url']
  expect(await runHere(['integrations', ...args, front.url])).toMatchObject({
    code: 3,
    err: expect.stringContaining('not one of this API'),
  })
  expect(asked).toBeGreaterThan(1)
  const problem = { type: 'urn:mensageria:problem:not-found', title: 'Not found', status: 404 }
  await using service = await serve((_request, response) =>
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem)),
  )
  expect(await runHere(['integrations', ...args, service.url])).toMatchObject({ code: 1, err: 'Not found' })
})
