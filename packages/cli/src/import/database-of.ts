import { isProblem, type MensageriaClient } from '@mensageria/client'
import { dataOf } from '../answer.ts'
import type { Texts } from '../language/language.ts'

/** The identity of the database behind a service; undefined where the service is too old to say. */
export const databaseOf = async (client: MensageriaClient, texts: Texts): Promise<string | undefined> => {
  const answer = await client.GET('/v1/identity')
  return answer.response.status === 404 && isProblem(answer.error)
    ? undefined
    : dataOf(answer, texts).database
}
