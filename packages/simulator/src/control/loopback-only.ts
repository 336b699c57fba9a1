import type { FastifyReply, FastifyRequest } from 'fastify'

const LOOPBACK = /^(?:localhost\.?|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i

const isLoopback = (host: string | undefined): boolean => host === undefined || LOOPBACK.test(host)

/** The authority of a whole address (`GET http://name/path`). */
const authorityOf = (target: string | undefined): string | undefined =>
  /^https?:\/\/([^/?#]*)/i.exec(target ?? '')?.[1]

const sameHost = (origin: string, host = ''): boolean =>
  URL.canParse(origin) && new URL(origin).host === host.toLowerCase()

const isFromOtherSite = ({ headers }: FastifyRequest): boolean => {
  const { 'sec-fetch-site': site, origin, host } = headers
  if (site === undefined) return origin !== undefined && !sameHost(origin, host)
  return site !== 'same-origin' && site !== 'none'
}

/**
 * Refuses what a page of another site makes a browser ask: nobody signs in here, and a page can give its own name the
 * loopback address (DNS rebinding).
 */
export const loopbackOnly = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const { headers, url } = request.raw
  if (!isLoopback(headers.host) || !isLoopback(authorityOf(url))) {
    await reply.code(421).send({ code: 'misdirected-request', message: 'Ask by 127.0.0.1 or localhost' })
  } else if (isFromOtherSite(request)) {
    await reply.code(403).send({ code: 'forbidden', message: 'Not from a page of another site' })
  }
}
