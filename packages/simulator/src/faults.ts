import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Dials, FrontMode, SpoilMode } from './dials.ts'
import type { HttpResult } from './system.ts'

// Far above the 64 KiB that a careful client reads; finite, so that a careless one ends before the machine does.
const HUGE_CHUNKS = 1024
const HUGE_CHUNK = 'x'.repeat(64 * 1024)
const DRIP_INTERVAL_MS = 100

function* hugeJson() {
  yield '{"padding":"'
  for (let sent = 0; sent < HUGE_CHUNKS; sent += 1) yield HUGE_CHUNK
  yield '"}'
}

/** Keeps the request open until its client, or the simulator's end, closes the connection. */
const hang = (reply: FastifyReply) => reply.hijack()

const reset = (reply: FastifyReply) => {
  reply.hijack()
  // RST, not FIN: the client must see a reset, not an orderly close.
  reply.raw.socket?.resetAndDestroy()
  return reply
}

const FRONT: Record<FrontMode, (reply: FastifyReply, dials: Dials, redirectTo: string) => FastifyReply> = {
  down: (reply) => reply.code(503).send({ code: 'unavailable', message: 'Not available right now' }),
  status: (reply, { status = 500, retryAfter, body }) => {
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
    // Without a code: not what counts as proof of a refusal. A test that wants the proof sets the body.
    return reply
      .code(status)
      .type('application/json')
      .send(JSON.stringify(body ?? { error: 'Simulated' }))
  },
  hang,
  reset,
  garbage: (reply) => reply.type('text/html').send('<!doctype html><title>Welcome</title><p>It works!</p>'),
  empty: (reply) => reply.send(),
  huge: (reply) => reply.type('application/json').send(Readable.from(hugeJson())),
  redirect: (reply, _dials, redirectTo) => reply.redirect(redirectTo, 307),
}

/** Answers instead of the system. */
export const answerInFront = (mode: FrontMode, reply: FastifyReply, dials: Dials, redirectTo: string) =>
  FRONT[mode](reply, dials, redirectTo)

const startRaw = (reply: FastifyReply, status: number, headers: Record<string, string | number> = {}) => {
  reply.hijack()
  return reply.raw.writeHead(status, { 'content-type': 'application/json', ...headers })
}

const SPOIL: Record<SpoilMode, (reply: FastifyReply, answer: HttpResult) => FastifyReply> = {
  'accept-then-reset': reset,
  'accept-then-hang': hang,
  'half-body': (reply, { status, body }) => {
    const bytes = Buffer.from(JSON.stringify(body))
    const raw = startRaw(reply, status, { 'content-length': bytes.length })
    raw.write(bytes.subarray(0, bytes.length / 2), () => raw.destroy())
    return reply
  },
  // Spaces before the value are valid JSON, so the answer looks alive for ever: only a deadline for the whole ends it.
  'slow-drip': (reply, { status }) => {
    const raw = startRaw(reply, status)
    raw.write(' ')
    const drip = setInterval(() => raw.write(' '), DRIP_INTERVAL_MS)
    raw.once('close', () => clearInterval(drip))
    return reply
  },
}

/** Sends the system's answer so that it does not arrive whole. */
export const spoilAnswer = (mode: SpoilMode, reply: FastifyReply, answer: HttpResult) =>
  SPOIL[mode](reply, answer)
