import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import { listen } from './listen.ts'

type Pair = { publicKey: KeyObject; privateKey: KeyObject }
type Claims = Record<string, unknown>

const newCurvePair = (): Pair => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const newPair = (): Pair => generateKeyPairSync('rsa', { modulusLength: 2048 })
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const pemOf = ({ publicKey }: Pair): string => publicKey.export({ type: 'spki', format: 'pem' }).toString()

/** A key server as Google's: public keys as PEM by key id, with keys of its own that sign what a test asks for. */
export const startKeyServer = async () => {
  const pairs: Record<string, Pair> = { first: newPair() }
  const curvePair = newCurvePair()
  pairs['iap'] = curvePair
  let asked = 0
  let fails = false
  const server = await listen(
    createServer((_request, response) => {
      asked += 1
      response.writeHead(fails ? 403 : 200, { 'content-type': 'application/json' })
      const keys = Object.entries(pairs).map(([id, pair]) => [id, pemOf(pair)])
      response.end(fails ? 'no' : JSON.stringify(Object.fromEntries(keys)))
    }),
  )
  const pairOf = (keyId: string): Pair => (pairs[keyId] ??= newPair())
  return {
    ...server,
    asked: () => asked,
    /** From now on it answers 403: an answer that the client does not repeat. */
    fail: () => (fails = true),
    addKey: (keyId: string) => void pairOf(keyId),
    /** A token with these claims; the key is one of the server's, or a stranger's under a name of the server's. */
    token: (claims: Claims, { keyId = 'first', alg = 'RS256', stranger = false } = {}): string => {
      const { privateKey } = stranger ? newPair() : pairOf(keyId)
      const signed = `${encode({ alg, kid: keyId, typ: 'JWT' })}.${encode(claims)}`
      return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`
    },
    /** An assertion as IAP makes them, or a stranger's under IAP's name. */
    assertion: (claims: Claims, { alg = 'ES256', stranger = false } = {}): string => {
      const { privateKey: key } = stranger ? newCurvePair() : curvePair
      const signed = `${encode({ alg, kid: 'iap', typ: 'JWT' })}.${encode(claims)}`
      const signature = sign('SHA256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
      return `${signed}.${signature.toString('base64url')}`
    },
    /** A token as Cloud Run hands it on once it has checked it. */
    stripped: (claims: Claims): string =>
      `${encode({ alg: 'RS256', kid: 'first' })}.${encode(claims)}.SIGNATURE_REMOVED_BY_GOOGLE`,
    /** A token that claims to need no signature. */
    unsigned: (claims: Claims): string => `${encode({ alg: 'none', kid: 'first' })}.${encode(claims)}.`,
    /** A token signed with the public key as if it were a shared secret. */
    hmac: (claims: Claims): string => {
      const signed = `${encode({ alg: 'HS256', kid: 'first' })}.${encode(claims)}`
      const secret = pemOf(pairOf('first'))
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    },
  }
}
