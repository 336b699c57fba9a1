// The three systems as bare HTTP servers: they answer as fast as Node can, and note when each write arrived.
import { createServer, type ServerResponse } from 'node:http'

/** What the sinks tell: writes seen, per system the arrival time (epoch ms) of each idempotency key, and repeats. */
export type SinkReport = {
  writes: number
  /** Requests that the quota of the mode of now was asked for, and how many of them it refused. */
  counted: number
  refused: number
  lastAt: number
  duplicates: number
  arrivals: Record<string, number>
}
/** How many calls a second one system takes, and what it says to the others. */
export type Quota = { system: string; perSecond: number; retryAfter?: string | undefined }
/** Which systems are away, refuse the data, or count calls from now on; what is left out is over. */
export type SinkMode = { down?: string[]; refusing?: string[]; quota?: Quota | undefined }
export type SinkCommand = { ask: 'count' | 'report' } | { mode: SinkMode }

const arrivals = new Map<string, number>()
let duplicates = 0
let lastAt = 0
let mode: SinkMode = {}
let [counted, refused, second, taken] = [0, 0, 0, 0]

/** Whether the quota has room for one more request: by the second of the system's own clock. */
const isTaken = ({ perSecond }: Quota): boolean => {
  const now = Math.floor(Date.now() / 1000)
  if (now !== second) [second, taken] = [now, 0]
  taken += 1
  counted += 1
  if (taken > perSecond) refused += 1
  return taken <= perSecond
}

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
    const { down = [], refusing = [], quota } = mode
    if (down.includes(system)) return send(response, 503, '{}')
    if (refusing.includes(system)) return send(response, 422, '{"code":"refused","message":"Not now"}')
    if (quota?.system === system && !isTaken(quota)) {
      if (quota.retryAfter !== undefined) response.setHeader('retry-after', quota.retryAfter)
      return send(response, 429, '{}')
    }
    if (request.method === 'GET') return send(response, 200, '{"items":[]}')
    // Center, version and integration: the rest tells lives of the database and redrives apart.
    const key = String(request.headers['idempotency-key']).split(':').slice(0, 3).join(':')
    if (arrivals.has(key)) duplicates += 1
    lastAt = Date.now()
    arrivals.set(key, lastAt)
    const [status, body] = answers[system]?.(path) ?? [404, '{}']
    return send(response, status, body)
  })
})

const tell = (message: unknown) => process.send?.(message)

process.on('message', (command: SinkCommand) => {
  if ('mode' in command) {
    mode = command.mode
    ;[counted, refused] = [0, 0]
    return tell({})
  }
  const report = { writes: arrivals.size, counted, refused, lastAt, duplicates, arrivals: {} }
  return tell(command.ask === 'count' ? report : { ...report, arrivals: Object.fromEntries(arrivals) })
})
process.on('disconnect', () => process.exit(0))

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  tell({ port: typeof address === 'object' ? address?.port : 0 })
})
