import { isProblem, type MensageriaClient } from '@mensageria/client'
import { dataOf } from '../answer.ts'
import type { Texts } from '../language/language.ts'

/** Whether the service has the center with this id. */
export const hasCenter = async (client: MensageriaClient, id: string, texts: Texts): Promise<boolean> => {
  const answer = await client.GET('/v1/distribution-centers/{id}', { params: { path: { id } } })
  if (answer.response.status === 404 && isProblem(answer.error)) return false
  return dataOf(answer, texts, 'id').id === id
}

/** The identity of the database behind a service; undefined where the service is too old to say. */
export const databaseOf = async (client: MensageriaClient, texts: Texts): Promise<string | undefined> => {
  const answer = await client.GET('/v1/identity')
  return answer.response.status === 404 && isProblem(answer.error)
    ? undefined
    : dataOf(answer, texts, 'database').database
}
