import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { Pool } from 'undici'

const listen = async (handler: RequestListener) => {
  const server = createServer(handler)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A MaaS that notes when each center first came, or refuses its data while it is told to. */
export const startRefusingSink = async () => {
  const arrivals = new Map<string, number>()
  let refusing = false
  let refused = 0
  const server = await listen((request, response) => {
    request.resume()
    request.on('end', () => {
      const reference = (request.url ?? '').split('/').at(-1) ?? ''
      if (refusing) refused += 1
      else if (!arrivals.has(reference)) arrivals.set(reference, performance.now())
      const body = refusing
        ? { code: 'invalid-document', message: 'This document is not known' }
        : { reference, providerId: 'm1' }
      response
        .writeHead(refusing ? 422 : 201, { 'content-type': 'application/json' })
        .end(JSON.stringify(body))
    })
  })
  return {
    ...server,
    arrivals,
    refused: () => refused,
    refuse: (on: boolean) => {
      refusing = on
    },
  }
}

/** Stands between the broker and a subscriber, and counts the answers that do not acknowledge. */
export const startPushCounter = async (target: string) => {
  const pool = new Pool(target)
  let nacks = 0
  const server = await listen((request, response) => {
    void pool
      .request({
        method: 'POST',
        path: '/push',
        headers: { 'content-type': 'application/json' },
        body: request,
      })
      .then(async (answer) => {
        await answer.body.dump()
        if (answer.statusCode !== 204) nacks += 1
        response.writeHead(answer.statusCode).end()
      })
      .catch(() => response.writeHead(502).end())
  })
  return {
    url: server.url,
    nacks: () => nacks,
    close: async () => {
      await server.close()
      await pool.destroy()
    },
  }
}
