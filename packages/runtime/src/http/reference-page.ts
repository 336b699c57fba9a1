import { createHash } from 'node:crypto'
import { fastify } from 'fastify'

/** The API reference for a browser: the page, the policy that it needs, and its script. */
export type ReferencePage = { html: string; contentSecurityPolicy: string; script: string }

const SCRIPT_URL = '/reference/scalar.js'

// The page has one inline script, which is always the same: its hash is safer than a nonce, and costs nothing a request.
const policyOf = (html: string): string => {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  const hashes = inline.map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  )
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    // Scalar writes its styles into the page at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Renders the reference page, once. Scalar's package holds a script of 5 MB and takes 0.1 s to load: it is imported here,
 * when somebody first asks, and not at the start of every process.
 */
export const loadReferencePage = async (title: string): Promise<ReferencePage> => {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const app = fastify()
  await app.register(scalar, {
    routePrefix: '/reference',
    configuration: {
      url: '/openapi.json',
      cdn: SCRIPT_URL,
      pageTitle: title,
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
  const page = await app.inject('/reference/')
  const script = await app.inject('/reference/js/scalar.js')
  await app.close()
  // Without a word of an icon a browser asks for /favicon.ico, which is not there.
  const html = page.body.replace('<head>', '<head><link rel="icon" href="data:,">')
  return { html, contentSecurityPolicy: policyOf(html), script: script.body }
}
