import type { App } from './app.ts'
import { jsonFault } from './errors/json-fault.ts'
import { ProblemError } from './errors/problem-error.ts'

const decoder = new TextDecoder('utf-8', { fatal: true })

const decode = (body: Buffer): string => {
  try {
    return decoder.decode(body)
  } catch {
    throw new ProblemError('invalid-request', { detail: 'The body is not valid UTF-8' })
  }
}

/**
 * Takes `application/json` and nothing else. Stricter than Fastify's own parser, which reads invalid UTF-8 as replacement
 * characters and would so store other text than was sent.
 */
export const useStrictJson = (app: App): void => {
  app.removeContentTypeParser('text/plain')
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
      throw new ProblemError('unsupported-media-type', { detail: 'Send the body without a content encoding' })
    }
    void parse(request, decode(body), (error, value: unknown) => {
      if (error) return done(error)
      const fault = jsonFault(value)
      if (fault === undefined) return done(null, value)
      done(new ProblemError('invalid-request', { detail: `The body is ${fault}` }))
    })
  })
}
