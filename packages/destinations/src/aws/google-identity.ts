import { fromWebToken } from '@aws-sdk/credential-provider-web-identity'
import { createIdTokens, isOnCloudRun, type Env } from '@mensageria/runtime'

/** What the SDK signs with, for as long as it is valid. */
type Credentials = {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
  expiration?: Date
}

// What the role's trust policy compares with accounts.google.com:oaud.
const AUDIENCE = 'sts.amazonaws.com'

/**
 * On Cloud Run, where AWS_ROLE_ARN names a role, the credentials of that role: AWS trusts the Google account that this process
 * runs as, so no key of AWS is kept anywhere. Elsewhere, and where a file has a token, the SDK's own chain finds them.
 */
export const googleIdentity = (env: Env, region: string): { credentials?: () => Promise<Credentials> } => {
  const { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: file } = env
  if (!roleArn || file || !isOnCloudRun(env)) return {}
  let idTokens: ReturnType<typeof createIdTokens> | undefined
  return {
    // The SDK keeps what this gives until it expires, and asks again.
    credentials: async () => {
      const authorization = await (await (idTokens ??= createIdTokens()))(AUDIENCE)
      const webIdentityToken = authorization.replace(/^Bearer /, '')
      const roleSessionName = 'mensageria'
      return fromWebToken({ roleArn, roleSessionName, webIdentityToken, clientConfig: { region } })()
    },
  }
}
