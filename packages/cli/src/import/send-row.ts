import { isProblem, type MensageriaClient, type Registration } from '@mensageria/client'
import { dataOf, reasonOf } from '../answer.ts'
import type { Texts } from '../language/language.ts'
import type { Send } from './send-batch.ts'

// What is the row's own fault, or would be the same however often it is sent, where the service itself says so. Everything
// else stops the import.
const REFUSALS = new Set([400, 409, 413, 422, 500])

/**
 * Registers a row; `nameOf` says how a field is called in its file, where that is not by JSON pointer. Its key is made of the run and its number: sent again after a kill, it is the same request.
 */
export const createSend =
  (client: MensageriaClient, run: string, texts: Texts, nameOf?: (pointer: string) => string): Send =>
  async ({ number, content }) => {
    // Whether it is one is the service's to judge: a copy of its rules here would be another truth.
    const body: Registration = JSON.parse(JSON.stringify(content.registration))
    const header = { 'idempotency-key': `${run}:${number}` }
    const answer = await client.POST('/v1/distribution-centers', { body, params: { header } })
    const { status } = answer.response
    if (REFUSALS.has(status) && isProblem(answer.error))
      return { kind: 'rejected', reason: reasonOf(answer.error, status, texts, nameOf) }
    const { id } = dataOf(answer, texts, 'id')
    return { kind: status === 201 ? 'registered' : 'alreadyThere', id }
  }
