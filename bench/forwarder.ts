// A bare forwarder that keeps nothing: what it had in hand when it ends is lost. It shows what this machine can do at all,
// right now, with the same load, framework, client and sinks.
import { fastify } from 'fastify'
import { Pool } from 'undici'

const sinks = new Pool(process.env['SINKS_URL'] ?? '', { connections: 96 })
const app = fastify({ bodyLimit: 65_536 })
let count = 0

const forward = async (method: 'PUT' | 'POST', path: string, key: string, body: unknown) => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key }
  const answer = await sinks.request({ method, path, headers, body: JSON.stringify(body) })
  await answer.body.json()
}

app.post('/v1/distribution-centers', async (request, reply) => {
  const id = `forwarded-${(count += 1)}`
  void forward('POST', '/senninha/providers', `${id}:1:senninha`, request.body)
  void forward('PUT', `/maas/v2/providers/${id}`, `${id}:1:maas`, request.body)
  void forward('PUT', '/dmitri/cities/3509205', `${id}:1:dmitri`, request.body)
  return reply.code(201).send({ id })
})

const url = await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) })
// The line by which the harness knows a process to be ready.
console.log(`Mensageria is ready: ${url}`)
