import type { App } from './app.ts'
import { loadReferencePage, type ReferencePage } from './reference-page.ts'

export type OpenApiInfo = { title: string; version: string; description: string }

/** Collects the routes that are registered after it. Its library is loaded only by processes that show a document. */
export const collectOpenApi = async (app: App, info: OpenApiInfo): Promise<void> => {
  const [{ default: swagger }, { jsonSchemaTransform, jsonSchemaTransformObject }] = await Promise.all([
    import('@fastify/swagger'),
    import('fastify-type-provider-zod'),
  ])
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info, servers: [{ url: '/' }] },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
}

/** `GET /openapi.json`, the generated document, and `GET /reference`, a page to read it by. */
export const addOpenApiRoutes = (app: App, { title }: OpenApiInfo): void => {
  const options = { schema: { hide: true } }
  let page: Promise<ReferencePage> | undefined
  const load = () => (page ??= loadReferencePage(title))

  app.get('/openapi.json', options, (_request, reply) => reply.send(app.swagger()))
  app.get('/reference', options, async (_request, reply) => {
    const { html, contentSecurityPolicy } = await load()
    return reply
      .header('content-security-policy', contentSecurityPolicy)
      .type('text/html; charset=utf-8')
      .send(html)
  })
  app.get('/reference/scalar.js', { ...options, config: { rateLimit: false } }, async (_request, reply) => {
    const { script } = await load()
    return reply.header('cache-control', 'max-age=3600').type('text/javascript; charset=utf-8').send(script)
  })
}
