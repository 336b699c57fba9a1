import { defined } from '@mensageria/contracts'
import { isError } from '../base/is-error.ts'
import type { Authorize } from '../push/hand-over-client.ts'

const statusOf = (error: unknown): number | undefined =>
  isError(error) && 'status' in error && typeof error.status === 'number' ? error.status : undefined

const faultOf = (error: unknown) => {
  const status = statusOf(error)
  return { fault: status === undefined ? 'no answer' : `answered ${status}`, ...defined({ status }) }
}

/**
 * Gives ID tokens of the account that this process runs as, kept until shortly before they expire. Only where Google's
 * metadata server or a service account's credentials are there. An error has the `status` that was answered, if any.
 */
export const createIdTokens = async (): Promise<Authorize> => {
  // Loaded by processes on Google Cloud only.
  const { GoogleAuth } = await import('google-auth-library')
  // What Google is asked with must not go on to another host.
  const auth = new GoogleAuth({ clientOptions: { transporterOptions: { redirect: 'error' } } })
  const clients = new Map<string, ReturnType<typeof auth.getIdTokenClient>>()
  return async (audience) => {
    const opened = clients.get(audience) ?? auth.getIdTokenClient(audience)
    clients.set(audience, opened)
    // The library's messages hold what the server answered, which the log must not: the status is all that goes on.
    const asked = await opened
      .then((client) => client.getRequestHeaders())
      .then(
        (headers) => ({ authorization: headers.get('authorization'), fault: 'no token' }),
        (error: unknown) => ({ authorization: null, ...faultOf(error) }),
      )
    if (asked.authorization !== null) return asked.authorization
    // A client that could not be opened must not be kept.
    clients.delete(audience)
    const status = 'status' in asked ? asked.status : undefined
    throw Object.assign(
      new Error(`No ID token for ${audience} could be had: ${asked.fault}`),
      defined({ status }),
    )
  }
}
