// The three systems as bare HTTP servers: they answer as fast as Node can, and note when each write arrived.
import { createServer, type ServerResponse } from 'node:http'

/** What the sinks tell: writes seen, per system the arrival time (epoch ms) of each idempotency key, and repeats. */
export type SinkReport = {
  writes: number
  lastAt: number
  duplicates: number
  arrivals: Record<string, number>
}
export type SinkCommand = { ask: 'count' | 'report' } | { down: string[] }

const arrivals = new Map<string, number>()
let duplicates = 0
let lastAt = 0
let down: string[] = []

const answers: Readonly<Record<string, (path: string) => [number, string]>> = {
  senninha: () => [201, '{"id":"s1"}'],
  maas: (path) => [201, `{"reference":"${path.slice(path.lastIndexOf('/') + 1)}","providerId":"m1"}`],
  dmitri: (path) => [200, `{"cityCode":"${path.slice(path.lastIndexOf('/') + 1)}"}`],
}

const send = (response: ServerResponse, status: number, body: string) => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

const server = createServer((request, response) => {
  const path = request.url ?? ''
  const system = path.slice(1, path.indexOf('/', 1))
  request.resume()
  request.on('end', () => {
    if (down.includes(system)) return send(response, 503, '{}')
    if (request.method === 'GET') return send(response, 200, '{"items":[]}')
    const key = String(request.headers['idempotency-key'])
    if (arrivals.has(key)) duplicates += 1
    lastAt = Date.now()
    arrivals.set(key, lastAt)
    const [status, body] = answers[system]?.(path) ?? [404, '{}']
    return send(response, status, body)
  })
})

const tell = (message: unknown) => process.send?.(message)

process.on('message', (command: SinkCommand) => {
  if ('down' in command) {
    down = command.down
    return tell({})
  }
  const report = { writes: arrivals.size, lastAt, duplicates, arrivals: {} }
  return tell(command.ask === 'count' ? report : { ...report, arrivals: Object.fromEntries(arrivals) })
})
process.on('disconnect', () => process.exit(0))

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  tell({ port: typeof address === 'object' ? address?.port : 0 })
})
