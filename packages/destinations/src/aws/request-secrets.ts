import { z } from 'zod'

const Signed = z.object({
  headers: z
    .object({
      authorization: z.string().catch(''),
      'x-amz-security-token': z.string().optional().catch(undefined),
    })
    .catch({ authorization: '' }),
})

/**
 * What a signed request has in it for signing in: session token, id of the access key, signature. SNS and SQS repeat them where
 * a signature does not fit. The secret key itself is in no request.
 */
export const secretsOfRequest = (request: unknown): string[] => {
  const { headers } = Signed.catch({ headers: { authorization: '' } }).parse(request)
  const parts = [/Credential=([^/,\s]+)/, /Signature=([^,\s]+)/].map(
    (pattern) => pattern.exec(headers.authorization)?.[1],
  )
  return [...parts, headers['x-amz-security-token']].filter((text) => text !== undefined)
}
