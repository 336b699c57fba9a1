import { once } from 'node:events'
import { createCallSignal } from './call-signal.ts'

describe('createCallSignal', () => {
  test('aborts with the outer signal, for its reason', () => {
    const outer = new AbortController()
    const { signal, release } = createCallSignal(outer.signal)
    outer.abort('closing')
    expect(signal.reason).toBe('closing')
    release()
  })

  test('an outer signal that is aborted already aborts at once', () => {
    const { signal, release } = createCallSignal(AbortSignal.abort())
    expect(signal.aborted).toBe(true)
    release()
  })

  test('aborts as a timeout when the time of a call is up', async () => {
    const { signal, release } = createCallSignal(new AbortController().signal, 1)
    const keepAlive = setInterval(() => undefined, 1000)
    await once(signal, 'abort')
    clearInterval(keepAlive)
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
    release()
  })

  test('once released, the outer signal does not reach it', () => {
    const outer = new AbortController()
    const { signal, release } = createCallSignal(outer.signal)
    release()
    outer.abort()
    expect(signal.aborted).toBe(false)
  })
})
