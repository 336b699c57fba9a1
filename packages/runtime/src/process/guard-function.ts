import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { ProblemSlug } from '@mensageria/contracts'
import type { AllowedHosts } from '../http/callers/allowed-hosts.ts'
import { asksForUs } from '../http/callers/decide-host.ts'
import { isFromOtherSite } from '../http/callers/other-sites.ts'
import { authorityOf, hasOneHost } from '../http/callers/request-target.ts'
import { answerClientError } from '../http/errors/answer-client-error.ts'
import { answerUnusual } from '../http/errors/answer-unusual.ts'
import { answerProblem } from '../http/errors/function-answer.ts'

export type FunctionGuard = {
  bodyLimitBytes: number
  /** By which names it may be asked besides its own where nobody shows a token; by any unless given. */
  allowedHosts?: AllowedHosts | undefined
}

type Refusal = { slug: ProblemSlug; detail?: string; headers?: Record<string, string> }

// A request must have arrived whole after 30 s, its head after 15 s. Node's own check of the Host has no words.
const SETTINGS = { requestTimeout: 30_000, headersTimeout: 15_000, requireHostHeader: false }

const isForeign = (
  { method = '', headers, url = '', socket }: IncomingMessage,
  allowed: AllowedHosts,
): boolean => {
  const names = [headers.host, authorityOf(url)].filter((name) => name !== undefined)
  const asksUs = asksForUs({ names, allowed, reached: socket.localAddress, probe: false })
  return !asksUs || isFromOtherSite({ method, headers, allowed })
}

// Before the body is read: what is refused here costs nothing.
const refusalOf = (request: IncomingMessage, guard: FunctionGuard): Refusal | undefined => {
  const { method, headers } = request
  const { allowedHosts, bodyLimitBytes } = guard
  if (!hasOneHost(request)) return { slug: 'invalid-request', detail: 'Send one Host header' }
  if (allowedHosts && isForeign(request, allowedHosts)) return { slug: 'misdirected-request' }
  if (method !== 'POST') return { slug: 'method-not-allowed', headers: { allow: 'POST' } }
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    return { slug: 'unsupported-media-type', detail: 'Send the body without a content encoding' }
  }
  return Number(headers['content-length'] ?? 0) > bodyLimitBytes ? { slug: 'content-too-large' } : undefined
}

/** The whole body, or undefined where it is larger than allowed; rejects where it breaks off. */
const readBody = async (request: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> => {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue
    bytes += part.length
    if (bytes > bytesMax) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const refuse = (response: ServerResponse, { slug, detail, headers }: Refusal): void =>
  // The rest of a body that nobody reads would be taken for the next request.
  answerProblem(response, slug, detail, { ...headers, connection: 'close' })

/**
 * Stands before the functions framework, which reads any body up to 1 GB by its type, and answers in its own way, with a
 * page of HTML, what it cannot read. Here a function gets bytes within a limit (`rawBody`), or is not called at all.
 */
export const guardFunction = (server: Server, guard: FunctionGuard): void => {
  const framework = server.listeners('request')
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refusalOf(request, guard)
    if (refusal) return refuse(response, refusal)
    const rawBody = await readBody(request, guard.bodyLimitBytes)
    if (!rawBody) return refuse(response, { slug: 'content-too-large' })
    // The function has one address; the framework has answers of its own for some.
    const read = Object.assign(request, { rawBody, url: '/' })
    for (const listener of framework) Reflect.apply(listener, server, [read, response])
  }
  Object.assign(server, SETTINGS)
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    take(request, response).catch(() => response.destroy())
  })
  server.on('clientError', answerClientError)
  answerUnusual(server)
}
