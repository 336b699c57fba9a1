import fastifyStatic from '@fastify/static'
import type { AppPlugin } from '@mensageria/runtime'

/** The folder of the page's built files; undefined while it is being built. */
export type PageFiles = { dir(): string | undefined }

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const WRITERS = ['if-match', 'if-unmodified-since'] as const

const YEAR_MS = 365 * 24 * 3_600_000

const WAIT =
  '<!doctype html><html lang="pt-BR"><title>Mensageria</title><p>A página está sendo preparada. · The page is being built.</p></html>'

/**
 * `GET /console/...`: the page, and `GET /` leads to it. A file under `assets` is named after its content and is kept by browsers for ever; every
 * other path is a place in the page, which is asked for anew each time.
 */
export const createPagePlugin =
  (page: PageFiles): AppPlugin =>
  async (app) => {
    await app.register(fastifyStatic, {
      root: import.meta.dirname,
      serve: false,
      preCompressed: true,
      acceptRanges: false,
    })
    // Everybody who is signed in sees the page; what they may see in it, and do, the API decides.
    const options = { schema: { hide: true }, config: { access: 'signed-in' as const } }
    // A page asks for all of its files at once, and nobody for one of them twice: they are no requests of the API.
    const file = { ...options, config: { ...options.config, rateLimit: false as const } }

    const show = (path: string, ofPath = options) => {
      app.get(path, ofPath, (request, reply) => {
        // Conditions of those who write; nobody writes here.
        for (const name of WRITERS) request.raw.headers[name] = undefined
        const dir = page.dir()
        if (dir === undefined) {
          return reply
            .code(503)
            .headers({ 'retry-after': '1', refresh: '1', 'cache-control': 'no-store' })
            .type('text/html; charset=utf-8')
            .send(WAIT)
        }
        const name = request.url.split('?')[0]?.slice('/console/'.length) ?? ''
        if (name.startsWith('assets/')) return reply.sendFile(name, dir, { maxAge: YEAR_MS, immutable: true })
        if (name === 'icon.svg') return reply.sendFile(name, dir, { maxAge: '1h' })
        return reply
          .header('content-security-policy', POLICY)
          .sendFile('index.html', dir, { maxAge: 0, lastModified: false })
      })
    }
    // The address that people type.
    app.get('/', options, (_request, reply) => reply.redirect('/console'))
    show('/console')
    show('/console/*')
    show('/console/assets/*', file)
    show('/console/icon.svg', file)
  }
