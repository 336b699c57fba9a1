import { centerIdOf } from '@mensageria/contracts'
import { sample } from '../../testing/registration-sample.ts'
import { STARTED_AT, startRegistration } from '../../testing/start-registration.ts'

const id = centerIdOf('11222333000181')
const changed = sample({ name: 'CD Novo' })

describe('PUT /v1/distribution-centers/{id}: 200', () => {
  test('the next version replaces the data, and is published', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    registration.clock.advance(60_000)
    const { contact: _, ...withoutContact } = changed
    const answer = await registration.put(id, withoutContact, { 'if-match': '"1"' })
    const center = {
      id,
      version: 2,
      createdAt: STARTED_AT,
      updatedAt: '2026-11-02T12:01:00.000Z',
      ...withoutContact,
    }
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ ...center, publication: 'published' })
    expect(answer.headers).toMatchObject({ etag: '"2"', location: `/v1/distribution-centers/${id}` })
    expect(registration.published[1]).toMatchObject({
      id: `${id}:2`,
      type: 'br.mensageria.distribution-center.updated.v1',
      sequence: 2,
      data: center,
    })
  })

  test('the trace of the caller is continued', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    await registration.put(id, changed, { 'if-match': '"1"', traceparent })
    expect(registration.published[1]).toMatchObject({ traceparent })
  })

  test('any version may be changed with *', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    await registration.put(id, changed, { 'if-match': '*' })
    const answer = await registration.put(id, sample(), { 'if-match': '*' })
    expect(answer.json()).toMatchObject({ version: 3 })
  })

  test.each(['"1"', '"2"', '"77"', 'W/"1"', '*'])(
    'data equal to the current version changes nothing, whatever %s expects',
    async (tag) => {
      await using registration = await startRegistration()
      await registration.post(sample())
      await registration.put(id, changed, { 'if-match': '"1"' })
      const retry = await registration.put(id, changed, { 'if-match': tag })
      expect(retry.statusCode).toBe(200)
      expect(retry.json()).toMatchObject({ version: 2, publication: 'published' })
      expect(retry.headers.etag).toBe('"2"')
      expect(registration.published).toHaveLength(2)
    },
  )

  test('with * a lost race is tried again inside', async () => {
    await using registration = await startRegistration()
    await registration.post(sample())
    const answers = await Promise.all(
      ['A', 'B', 'C'].map((name) => registration.put(id, sample({ name }), { 'if-match': '*' })),
    )
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
    const versions = answers.map((answer) => answer.json<{ version: number }>().version)
    expect(new Set(versions)).toEqual(new Set([2, 3, 4]))
  })
})
