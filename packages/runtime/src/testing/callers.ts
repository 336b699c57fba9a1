import { createLogger } from '../logging/logger.ts'
import { loadSignIn } from '../sign-in/load-sign-in.ts'
import { createSystemClock } from '../base/system-clock.ts'
import { startKeyServer } from './key-server.ts'

const AUDIENCE = 'https://registration.example.com'
const IAP_AUDIENCE = '/projects/1/locations/southamerica-east1/services/console'

const seconds = (offset: number): number => Math.floor(Date.now() / 1000) + offset

/** A sign-in as on Cloud Run with keys of its own, and what those who sign in send. */
export const startCallers = async (roles: object) => {
  const server = await startKeyServer()
  const times = { iat: seconds(-10), exp: seconds(3000) }
  const idClaims = (email: string) => ({
    iss: 'https://accounts.google.com',
    aud: AUDIENCE,
    email,
    email_verified: true,
    ...times,
  })
  const iapClaims = (email: string) => ({
    iss: 'https://cloud.google.com/iap',
    aud: IAP_AUDIENCE,
    email,
    sub: 'accounts.google.com:1',
    ...times,
  })
  const signIn = await loadSignIn(
    {
      K_SERVICE: 'registration',
      API_ROLES: JSON.stringify(roles),
      API_AUDIENCE: AUDIENCE,
      API_IAP_AUDIENCE: IAP_AUDIENCE,
    },
    {
      host: '0.0.0.0',
      clock: createSystemClock(),
      logger: createLogger({ level: 'silent', service: 'test' }),
      keysUrl: { idToken: server.url, iap: server.url },
    },
  )
  return {
    signIn,
    server,
    idClaims,
    iapClaims,
    /** Headers of a request with an ID token. */
    byToken: (email: string, changed: object = {}) => ({
      authorization: `Bearer ${server.token({ ...idClaims(email), ...changed })}`,
    }),
    /** Headers of a request that came through IAP. */
    byIap: (email: string, changed: object = {}) => ({
      'x-goog-iap-jwt-assertion': server.assertion({ ...iapClaims(email), ...changed }),
    }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
