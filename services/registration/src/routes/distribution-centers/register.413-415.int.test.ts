import { sample } from '../../testing/registration-sample.ts'
import { startRegistration } from '../../testing/start-registration.ts'

const oversized = JSON.stringify(sample({ name: 'x'.repeat(64 * 1024) }))

describe('bodies that are not taken', () => {
  test('more than 64 KiB is 413', async () => {
    await using registration = await startRegistration()
    const answer = await registration.post(oversized)
    expect(answer.statusCode).toBe(413)
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:content-too-large', status: 413 })
  })

  test('a body at the limit is read', async () => {
    await using registration = await startRegistration()
    const padding = ' '.repeat(64 * 1024 - JSON.stringify(sample()).length)
    expect((await registration.post(JSON.stringify(sample()) + padding)).statusCode).toBe(201)
  })

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])(
    '%s is 415',
    async (type) => {
      await using registration = await startRegistration()
      const answer = await registration.post(JSON.stringify(sample()), { 'content-type': type })
      expect(answer.statusCode).toBe(415)
      expect(answer.json()).toMatchObject({
        type: 'urn:mensageria:problem:unsupported-media-type',
        status: 415,
      })
    },
  )

  test('a change takes no more than a registration does', async () => {
    await using registration = await startRegistration()
    const { id } = (await registration.post(sample())).json<{ id: string }>()
    const answer = await registration.put(id, sample({ name: 'x'.repeat(64 * 1024) }), { 'if-match': '"1"' })
    expect(answer.statusCode).toBe(413)
  })
})
