import type { Clock } from '@mensageria/core'
import type { Authentication } from './authentication.ts'

// Standard Webhooks: a key has 24 to 64 bytes.
const KEY_BYTES_MIN = 24
const KEY_BYTES_MAX = 64
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

const isKey = (secret: string): boolean => {
  const encoded = secret.replace(/^whsec_/, '')
  const { length } = Buffer.from(encoded, 'base64')
  return (
    BASE64.test(encoded) && encoded.length % 4 === 0 && length >= KEY_BYTES_MIN && length <= KEY_BYTES_MAX
  )
}

/** The secrets of a variable, newest first; undefined where one of them is no key of Standard Webhooks. */
export const toSigningSecrets = (value: string): string[] | undefined => {
  const secrets = value.split(/[\s,]+/).filter((secret) => secret !== '')
  return secrets.length > 0 && secrets.length <= 2 && secrets.every(isKey) ? secrets : undefined
}

/**
 * Signs each request as Standard Webhooks has it. With two secrets there are two signatures: a receiver that has either of them
 * is served, and the older one can go once it has the newer.
 */
export const signing = (secrets: readonly string[], clock: Pick<Clock, 'now'>): Authentication => {
  const keys = secrets.map((secret) => secret.replace(/^whsec_/, ''))
  return {
    secrets: keys,
    prove: async ({ eventId, body }) => {
      // Loaded by who signs.
      const { Webhook } = await import('standardwebhooks')
      const at = new Date(clock.now())
      const signatures = secrets.map((secret) => new Webhook(secret).sign(eventId, at, body))
      return {
        ok: true,
        headers: {
          'webhook-id': eventId,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': signatures.join(' '),
        },
        secrets: signatures.map((signature) => signature.replace(/^v1,/, '')),
      }
    },
    close: async () => undefined,
  }
}
