import { outcomeByStatus, type HttpResult, type Outcome } from '@mensageria/core'

const GONE = 410

/**
 * Any 2xx is delivered, whatever its body; a refusal is proven by a status of the row with `code` and `message`. A 410 is a
 * receiver that is gone for good, as Standard Webhooks has it: nobody but a person may give it up, so it is loud.
 */
export const classify = (answer: HttpResult, rejectedBy: readonly number[], now: number): Outcome => {
  const outcome = outcomeByStatus(answer, { rejectedBy, now })
  if (outcome.kind !== 'misconfigured' || outcome.httpStatus !== GONE) return outcome
  return {
    ...outcome,
    message: 'Answered 410: the receiver wants no more webhooks; pause it, or take its row from the list',
  }
}
