import type { FailedOutcome } from '@mensageria/core'
import type { AwsError } from './aws-error.ts'

// The words hold the whole command of a `credential_process`, with what it was given.
const wordsOf = (text: string): string =>
  text.startsWith('Command failed') ? 'The command of credential_process failed' : text

/**
 * What went wrong before a request left: nothing was signed with yet, or there is no such address. A token service that is down
 * passes; everything else needs a person.
 */
export const beforeSent = ({ name, text, status, nodeCode }: AwsError, aborted: boolean): FailedOutcome => {
  if (aborted)
    return name === 'TimeoutError'
      ? {
          kind: 'transient',
          cause: 'credentials-timeout',
          message: 'No credentials of AWS came in time: the request was not sent',
        }
      : {
          kind: 'transient',
          cause: 'aborted',
          message: 'The call was given up before the request was sent',
        }
  if (status !== undefined && (status >= 500 || status === 429))
    return {
      kind: 'transient',
      cause: 'credentials-unavailable',
      message: `No credentials of AWS: the token service answered ${status} ${name}`,
    }
  if (name === 'EndpointError')
    return { kind: 'misconfigured', cause: 'endpoint', message: `No address of the service: ${text}` }
  return {
    kind: 'misconfigured',
    cause: 'credentials',
    message: `No credentials of AWS: ${nodeCode === undefined ? '' : `${nodeCode} `}${wordsOf(text)}`,
  }
}
