import { orUnavailable, problem, ProblemError } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { PassThrough } from 'node:stream'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'

const schema = {
  summary: 'Watch what happens',
  description: 'Server-sent events `delivery`, `integration` and `redrive`, from now on.',
  tags: ['Integrations'],
  response: {
    200: {
      description: 'The stream',
      content: { 'text/event-stream': { schema: z.custom<PassThrough>().meta({ type: 'string' }) } },
    },
    503: problem('unavailable'),
  },
}

const WATCHERS_MAX = 100
// Proxies and our own server cut a connection on which nothing happens.
const BEAT_MS = 15_000
// Somebody who does not read must not fill the memory.
const UNREAD_MAX_BYTES = 256 * 1024

/** GET /v1/events */
export const eventRoutes =
  ({ hub, beginWatching }: ConsoleDeps): AppPlugin =>
  (app) => {
    // Streams never end by themselves: a server that closes would wait for them.
    app.addHook('preClose', async () => hub.close())

    app.get('/v1/events', { schema }, async (_request, reply) => {
      if (hub.size() >= WATCHERS_MAX)
        throw new ProblemError('unavailable', { detail: 'Too many are watching' })
      const stream = new PassThrough()
      const send = (text: string) => {
        if (stream.writableLength + stream.readableLength > UNREAD_MAX_BYTES) stream.destroy()
        else stream.write(text)
      }
      const stop = hub.listen(send, () => stream.end())
      try {
        // Listening already, so that nobody forgets what is looked at here.
        await orUnavailable(Promise.resolve(beginWatching?.()))
      } catch (error) {
        stop()
        throw error
      }
      const beat = setInterval(() => send(': still here\n\n'), BEAT_MS)
      stream.on('close', () => {
        clearInterval(beat)
        stop()
      })
      // The head goes out with the first bytes.
      send('retry: 2000\n\n')
      return reply.type('text/event-stream').header('cache-control', 'no-store').send(stream)
    })
  }
