import { PUBLISH_MS } from '../model/budget.ts'
import { createPublish } from './publish.ts'
import { createTestClock, eventOf } from '../testing/samples.ts'

const setUp = (publish: () => Promise<void>) => {
  const clock = createTestClock({ manual: true })
  return { clock, run: createPublish({ publisher: { publish }, clock }) }
}

/** Whether a promise has settled once all that can run has run. */
const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false
  const note = () => {
    settled = true
  }
  promise.then(note, note)
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  return settled
}

describe('a publication', () => {
  test('is published as soon as the broker has the event', async () => {
    const { run } = setUp(async () => {})
    expect(await run(eventOf())).toBe('published')
  })

  test('is pending, and does not throw, where the broker refuses it', async () => {
    const { run } = setUp(() => Promise.reject(new Error('no such topic')))
    expect(await run(eventOf())).toBe('pending')
  })

  test('is pending where the broker’s client throws at once', async () => {
    const { run } = setUp(() => {
      throw new Error('not connected')
    })
    expect(await run(eventOf())).toBe('pending')
  })

  test('is pending at its deadline where the broker hangs, and not before', async () => {
    const { clock, run } = setUp(() => new Promise(() => {}))
    const publication = run(eventOf())
    clock.advance(PUBLISH_MS - 1)
    expect(await isSettled(publication)).toBe(false)
    clock.advance(1)
    expect(await isSettled(publication)).toBe(true)
    expect(await publication).toBe('pending')
  })

  test('that fails after its deadline harms nobody', async () => {
    let refuse = (_error: Error) => {}
    const { clock, run } = setUp(
      () =>
        new Promise((_resolve, reject) => {
          refuse = reject
        }),
    )
    const publication = run(eventOf())
    clock.advance(PUBLISH_MS)
    expect(await isSettled(publication)).toBe(true)
    refuse(new Error('too late'))
    expect(await publication).toBe('pending')
  })
})
