import { z } from 'zod'

// A service that could not be understood has one of these as its code.
const NO_CODE = new Set(['', 'Error', 'Unknown', 'UnknownError'])

const Metadata = z.object({
  httpStatusCode: z.int().optional().catch(undefined),
  clockSkewCorrected: z.boolean().optional().catch(undefined),
})

const Fields = z.object({
  name: z.string().catch('Error'),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  statusCode: z.int().optional().catch(undefined),
  $fault: z.string().optional().catch(undefined),
  $metadata: Metadata.catch({}),
  $response: z
    .object({ headers: z.object({ 'retry-after': z.string().optional() }) })
    .optional()
    .catch(undefined),
})

/**
 * What an error of the AWS SDK says, by its fields and not by its class: each client has classes of its own, and errors of Node
 * have none. `code` is the service's own; undefined where no service of AWS answered.
 */
export const AwsError = Fields.catch({ name: 'Error', message: '', $metadata: {} }).transform((error) => ({
  name: error.name,
  // The words behind the first line are the request as it was signed, or advice to programmers.
  text: error.message.split('\n', 1)[0] ?? '',
  status: error.$metadata.httpStatusCode,
  code: error.$fault === undefined || NO_CODE.has(error.name) ? undefined : error.name,
  retryAfter: error.$response?.headers['retry-after'],
  skewCorrected: error.$metadata.clockSkewCorrected ?? false,
  /** Of Node: ECONNREFUSED, ERR_PROXY_TUNNEL. */
  nodeCode: error.code,
  /** What a proxy answered that was asked for a tunnel. */
  tunnelStatus: error.statusCode,
}))
export type AwsError = z.output<typeof AwsError>
