import { createOrUpdate, type CreateOrUpdate } from './create-or-update.ts'
import type { HttpResult } from './outcome.ts'

type Thing = { id: string; name: string }
type Wanted = CreateOrUpdate<{ thing: Thing }, Thing, { id: string }>

const answer = (status: number, body?: unknown): HttpResult => ({ type: 'response', status, body })
const isObject = (body: unknown): body is object => typeof body === 'object' && body !== null
const page = {
  safeParse: (body: unknown) =>
    isObject(body) && 'thing' in body && isObject(body.thing)
      ? { success: true as const, data: { thing: { id: 'p-1', name: 'old', ...body.thing } } }
      : { success: false as const },
}
const written = {
  safeParse: (body: unknown) =>
    isObject(body) && 'id' in body && typeof body.id === 'string'
      ? { success: true as const, data: { id: body.id } }
      : { success: false as const },
}

const AGAIN = { now: 0, mayHaveEffect: true }

// What the system answers by name, and in which order it was asked.
const run = async (
  answers: Partial<Record<'get' | 'create' | 'update', HttpResult[]>>,
  { noneBy, ...changes }: Partial<Wanted> & { noneBy?: number[] } = {},
  facts = AGAIN,
) => {
  const asked: string[] = []
  const ask = (name: keyof typeof answers) => async (): Promise<HttpResult> => {
    asked.push(name)
    return answers[name]?.shift() ?? answer(599)
  }
  const outcome = await createOrUpdate(facts, {
    create: ask('create'),
    existing: { get: ask('get'), schema: page, pick: ({ thing }) => thing, ...(noneBy ? { noneBy } : {}) },
    isEqual: ({ name }) => name === 'new',
    update: ask('update'),
    written: { schema: written, externalId: ({ id }) => id },
    ...changes,
  })
  return { outcome, asked }
}

const NONE = answer(404, { code: 'not-found', message: 'No such thing' })

describe('a look-up by its own address', () => {
  test('that says with proof that there is none leads to a create', async () => {
    const { outcome, asked } = await run(
      { get: [NONE], create: [answer(201, { id: 'p-9' })] },
      { noneBy: [404] },
    )
    expect(outcome).toEqual({ kind: 'delivered', externalId: 'p-9' })
    expect(asked).toEqual(['get', 'create'])
  })

  test.each<[string, HttpResult, number[]]>([
    ['a 404 of a gateway', answer(404, '<html>'), [404]],
    ['a 404 that is not on the list', NONE, []],
    ['a 201 that fits', answer(201, { thing: {} }), [404]],
    ['no answer', { type: 'failure', phase: 'after-sent', cause: 'timeout', misconfigured: false }, [404]],
  ])('answered with %s ends the attempt: nothing is created blindly', async (_what, given, noneBy) => {
    const { outcome, asked } = await run({ get: [given] }, { noneBy })
    expect(outcome.kind).not.toBe('delivered')
    expect(asked).toEqual(['get'])
  })
})

describe('an update', () => {
  const found = () => answer(200, { thing: { id: 'p-1', name: 'old' } })

  test('without a body keeps the id that was found', async () => {
    const { outcome } = await run({ get: [found()], update: [answer(204)] }, { written: {} })
    expect(outcome).toEqual({ kind: 'delivered', externalId: 'p-1' })
  })

  test('whose answer gives another id has that one', async () => {
    const { outcome } = await run({ get: [found()], update: [answer(200, { id: 'p-2' })] })
    expect(outcome).toEqual({ kind: 'delivered', externalId: 'p-2' })
  })

  test('about something else is in doubt', async () => {
    const isOurs = ({ id }: { id: string }) => id === 'p-1'
    const { outcome } = await run(
      { get: [found()], update: [answer(200, { id: 'p-2' })] },
      { written: { schema: written, isOurs } },
    )
    expect(outcome).toMatchObject({ kind: 'unknown', cause: 'unexpected-body' })
  })

  test('that is answered 404 leads to one create, and no further', async () => {
    const { outcome, asked } = await run({
      get: [found(), found()],
      update: [answer(404), answer(404)],
      create: [answer(409)],
    })
    expect(outcome).toMatchObject({ kind: 'misconfigured', cause: 'http-404' })
    expect(asked).toEqual(['get', 'update', 'create', 'get', 'update'])
  })
})

test('a first attempt creates without a look-up, and a 409 leads to one', async () => {
  const first = { now: 0, mayHaveEffect: false }
  expect((await run({ create: [answer(204)] }, { written: {} }, first)).asked).toEqual(['create'])
  const { outcome, asked } = await run(
    { create: [answer(409)], get: [answer(200, { thing: { name: 'new' } })] },
    {},
    first,
  )
  expect(outcome).toEqual({ kind: 'delivered', externalId: 'p-1' })
  expect(asked).toEqual(['create', 'get'])
})
