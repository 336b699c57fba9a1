import { failureByStatus, type HttpResult, type Outcome } from '@mensageria/core'

/** Any 2xx is delivered, whatever its body; a refusal is proven by a status of the row with `code` and `message`. */
export const classify = (answer: HttpResult, rejectedBy: readonly number[], now: number): Outcome =>
  answer.type === 'response' && answer.status >= 200 && answer.status < 300
    ? { kind: 'delivered' }
    : failureByStatus(answer, rejectedBy, now)
