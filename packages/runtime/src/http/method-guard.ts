import type { HTTPMethods } from 'fastify'
import type { App } from './app.ts'
import { ProblemError } from './errors/problem-error.ts'

/** The methods that a path is told apart by; any other is nowhere allowed. */
export const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
] as const satisfies HTTPMethods[]

// Two routes may name the parameter at one place differently. `::` is a literal colon, which Fastify takes after a pattern
// only: `/:name([^:]+)::pause`.
const shapeOf = (url: string): string => url.replaceAll(/(?<!:):\w+/g, ':_')

type Known = { url: string; methods: Set<string> }

/**
 * Answers 405 with `Allow` where a path exists and the method does not. Call it before any route is registered; the
 * function that it returns adds the answers once all are.
 */
export const createMethodGuard = (app: App): (() => void) => {
  const known = new Map<string, Known>()
  app.addHook('onRoute', ({ url, method }) => {
    const entry = known.get(shapeOf(url)) ?? { url, methods: new Set() }
    for (const name of [method].flat()) entry.methods.add(name.toUpperCase())
    known.set(shapeOf(url), entry)
  })
  return () => {
    for (const { url, methods } of Array.from(known.values())) {
      const others = METHODS.filter((method) => !methods.has(method))
      if (others.length === 0 || url === '*') continue
      const allow = [...methods].toSorted().join(', ')
      app.route({
        url,
        method: others,
        exposeHeadRoute: false,
        schema: { hide: true },
        // Before the body is read, or a wrong media type would be complained about first.
        preParsing: async () => {
          throw new ProblemError('method-not-allowed', {}, { allow })
        },
        handler: () => undefined,
      })
    }
  }
}
