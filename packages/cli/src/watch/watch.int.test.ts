import { toProblem, type ProblemSlug } from '@mensageria/contracts'
import type { RequestListener } from 'node:http'
import { runHere, serve } from '../testing/run.ts'
import { nextPause } from './next-pause.ts'

const deliveries = { waiting: 0, delivering: 0, retrying: 0, rejected: 0, parked: 0, delivered: 0 }

/** A service whose numbers are there, and whose events are what the test says. */
const serveEvents = (events: RequestListener) =>
  serve((request, response) => {
    if (request.url === '/v1/events') return events(request, response)
    return response.end(JSON.stringify({ accepted: 0, deliveries, items: [] }))
  })

const refuse = (slug: ProblemSlug): RequestListener => {
  const problem = toProblem(slug)
  return (_request, response) =>
    response
      .writeHead(problem.status, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify(problem))
}

test('x02: watch says that the stream is refused, asks again, and hears what comes then', async () => {
  let asked = 0
  const ending = new AbortController()
  await using service = await serveEvents((request, response) => {
    asked += 1
    if (asked === 1) return refuse('unavailable')(request, response)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    return response.write('event: delivery\ndata: {"n":1}\n\n', () => setTimeout(() => ending.abort(), 50))
  })
  const ran = await runHere(['watch', '--json', '--url', service.url], {}, { signal: ending.signal })
  expect(ran.err).toContain('Not live: Not available right now')
  expect(ran.err).toContain('Next try in 2 s')
  expect(ran.err).toContain('Live again.')
  expect(JSON.parse(ran.out)).toEqual({ event: 'delivery', data: { n: 1 } })
})

test.each<[string, RequestListener]>([
  ['503 of the service', refuse('unavailable')],
  ['429 of the service', refuse('too-many-requests')],
  ['502 of a proxy', (_request, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>')],
  ['200 that is no stream', (_request, response) => response.end('<form>')],
  ['connection that breaks', (request) => request.socket.destroy()],
])('x02: a %s is said, and watch goes on', async (_what, events) => {
  const ending = new AbortController()
  await using service = await serveEvents(events)
  const told = () => ending.abort()
  const ran = await runHere(['watch', '--json', '--url', service.url], {}, { signal: ending.signal, told })
  expect(ran.err).toMatch(/^Not live: .*\. Next try in 2 s\.$/)
})

test.each<[number, RequestListener, number]>([
  [401, refuse('unauthenticated'), 3],
  [403, refuse('forbidden'), 3],
  [404, refuse('not-found'), 1],
  [404, (_request, response) => response.writeHead(404).end('<h1>404</h1>'), 3],
  [421, refuse('misdirected-request'), 2],
])('x02: %d ends watch', async (_status, events, code) => {
  await using service = await serveEvents(events)
  expect((await runHere(['watch', '--json', '--url', service.url])).code).toBe(code)
})

test('x02: pauses double up to 30 s, and a Retry-After is kept within it', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((failures) => nextPause(failures))).toEqual([
    2000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ])
  expect([nextPause(1, 7000), nextPause(1, 3_600_000)]).toEqual([7000, 30_000])
})
