import { callerKeyOf, orUnavailable, problem, ProblemError } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { PassThrough } from 'node:stream'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'
import { createWatchers, type Watchers } from '../watchers.ts'

const PATH = '/v1/events'

const schema = {
  summary: 'Watch what happens',
  description: 'Server-sent events `delivery`, `integration` and `redrive`, from now on.',
  tags: ['Integrations'],
  response: {
    200: {
      description: 'The stream',
      content: { 'text/event-stream': { schema: z.custom<PassThrough>().meta({ type: 'string' }) } },
    },
    429: problem('too-many-requests'),
    503: problem('unavailable'),
  },
}

// A proxy that gathers answers would hold the events back: nginx looks at the last one.
const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
}
// Proxies and our own server cut a connection on which nothing happens.
const BEAT_MS = 15_000
// Somebody who does not read must not fill the memory.
const UNREAD_MAX_BYTES = 256 * 1024
// Who cannot watch polls, and asks again after a while.
const AGAIN = { 'retry-after': '30' }

const enter = (watchers: Watchers, caller: string): { leave(): void } => {
  const entered = watchers.enter(caller)
  if (entered === 'full') throw new ProblemError('unavailable', { detail: 'Too many are watching' }, AGAIN)
  if (entered === 'too-many-of-this-caller') {
    throw new ProblemError('too-many-requests', { detail: 'You are watching too often' }, AGAIN)
  }
  return entered
}

/** GET /v1/events; HEAD answers with the same head, and watches nothing. */
export const eventRoutes =
  ({ hub, beginWatching, watchers = createWatchers() }: ConsoleDeps): AppPlugin =>
  (app) => {
    // Streams never end by themselves: a server that closes would wait for them.
    app.addHook('preClose', async () => hub.close())

    app.head(PATH, { schema: { hide: true } }, (_request, reply) => reply.headers(HEADERS).send())

    app.get(PATH, { schema, exposeHeadRoute: false }, async (request, reply) => {
      const place = enter(watchers, callerKeyOf(request).key)
      const stream = new PassThrough()
      const send = (text: string) => {
        if (stream.writableLength + stream.readableLength > UNREAD_MAX_BYTES) stream.destroy()
        else stream.write(text)
      }
      const stop = hub.listen(send, () => stream.end())
      const beat = setInterval(() => send(': still here\n\n'), BEAT_MS)
      // Also where the caller goes away before there is anything to send.
      reply.raw.once('close', () => {
        clearInterval(beat)
        stop()
        place.leave()
        stream.destroy()
      })
      // Listening already, so that nobody forgets what is looked at here.
      await orUnavailable(Promise.resolve(beginWatching?.()))
      // The head goes out with the first bytes.
      send(': here\nretry: 2000\n\n')
      return reply.headers(HEADERS).send(stream)
    })
  }
