/** No identity token could be had for a service. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
}

/** Gives the headers that Cloud Run asks for. */
export type IdTokens = () => Promise<Readonly<Record<string, string>>>

// The library's messages hold what the server answered, which may be a token: the status is all that goes on.
const faultOf = (error: unknown): string => {
  const status: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'status') : undefined
  return typeof status === 'number' ? `answered ${status}` : 'there are no credentials that can give one'
}

/**
 * Identity tokens for a service on Cloud Run, of the account that this process runs as (its metadata server, or
 * GOOGLE_APPLICATION_CREDENTIALS); kept until shortly before they expire. Throws `SignInError`.
 */
export const createIdTokens = (audience: string): IdTokens => {
  // Loaded only by those who ask for tokens.
  const open = async () => {
    const { GoogleAuth } = await import('google-auth-library')
    // What Google is asked with must not go on to another host.
    const clientOptions = { transporterOptions: { redirect: 'error' as const } }
    return new GoogleAuth({ clientOptions }).getIdTokenClient(audience)
  }
  let opened: ReturnType<typeof open> | undefined
  return async () => {
    try {
      const client = await (opened ??= open())
      const authorization = (await client.getRequestHeaders()).get('authorization') ?? ''
      // Cloud Run's own check takes the signature away from what it reads: it gets a copy, and the service one that is whole.
      return { authorization, 'x-serverless-authorization': authorization }
    } catch (error) {
      // A client that could not be opened must not be kept.
      opened = undefined
      throw new SignInError(`No identity token for ${audience}: ${faultOf(error)}`)
    }
  }
}
