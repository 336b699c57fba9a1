import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { invalidBody, refusal, refusedBy, type Call, type CreateSystem } from '../system.ts'

const Item = z.strictObject({ name: z.string().min(1) })
type Stored = { id: string; name: string; createdAt: number }

/** A body that the sample system accepts. */
export const ITEM = { name: 'CD Cajamar' }

/** A system of no integration, for the tests of the frame: `/items` creates or replaces, `/known` only replaces. */
export const createSample: CreateSystem = () => {
  const items = new Map<string, Stored>()
  const put = ({ id, body, dials, now }: Call) => {
    const parsed = Item.safeParse(body)
    if (!parsed.success) return invalidBody(422, parsed.error)
    const refused = refusedBy(dials, { id })
    if (refused) return refused
    const status = items.has(id) ? 200 : 201
    items.set(id, { id, createdAt: now, ...parsed.data })
    return { status, body: { id }, effect: { operation: 'upsert', subject: id } } as const
  }
  const post = (call: Call) => {
    if (items.size > 0) return refusal(409, 'item-exists', 'There is an item')
    const answer = put({ ...call, id: randomUUID() })
    return answer.effect ? { ...answer, effect: { ...answer.effect, operation: 'create' } as const } : answer
  }
  return {
    routes: [
      { method: 'PUT', url: '/items/:id', handle: put },
      { method: 'POST', url: '/items', handle: post },
      {
        method: 'PUT',
        url: '/known/:id',
        handle: (call) =>
          items.has(call.id) ? put(call) : refusal(404, 'not-found', 'There is no such item'),
      },
      { method: 'GET', url: '/items', handle: () => ({ status: 200, body: { items: [...items.values()] } }) },
    ],
    records: () => [...items.values()].map(({ id, name }) => ({ id, name })),
    clear: () => items.clear(),
  }
}
