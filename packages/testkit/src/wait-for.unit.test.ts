import { waitFor } from './wait-for.ts'

test('resolves with the first value that is truthy', async () => {
  const values = [undefined, 0, '', 'here']
  expect(await waitFor('a value', () => values.shift())).toBe('here')
})

test('resolves with the first value that `until` takes, also a falsy one', async () => {
  const values = [3, 2, 1, 0]
  expect(await waitFor('none left', async () => values.shift(), { until: (left) => left === 0 })).toBe(0)
})

test('an error is one more reason to ask again', async () => {
  let asked = 0
  const read = async () => {
    asked += 1
    if (asked < 3) throw new Error('not yet')
    return asked
  }
  expect(await waitFor('the third try', read)).toBe(3)
})

test('fails with the condition, the time and the last value', async () => {
  const waiting = waitFor('maas is delivered', () => ({ state: 'parked' }), {
    timeoutMs: 60,
    until: ({ state }) => state === 'delivered',
  })
  await expect(waiting).rejects.toThrow(
    /^Waited 0\.\d s for: maas is delivered\. The last value: \{"state":"parked"\}$/,
  )
})

test('fails with the last error, which is its cause', async () => {
  const cause = new Error('refused')
  const waiting = waitFor('an answer', () => Promise.reject(cause), { timeoutMs: 60 })
  await expect(waiting).rejects.toMatchObject({
    message: expect.stringMatching(/for: an answer\. The last error: Error: refused$/),
    cause,
  })
})

test('fails in time also where a look does not end', async () => {
  const waiting = waitFor('an answer', () => new Promise(() => undefined), { timeoutMs: 60 })
  await expect(waiting).rejects.toThrow('for: an answer. The first look did not end')
})

test('a long value is cut', async () => {
  const waiting = waitFor('less', () => 'x'.repeat(5_000), { timeoutMs: 60, until: () => false })
  const message = await waiting.catch(String)
  expect(message).toContain('... (5002 characters)')
  expect(message?.length).toBeLessThan(1_200)
})

test('a value without JSON is shown as text', async () => {
  const waiting = waitFor('a value', () => undefined, { timeoutMs: 60 })
  await expect(waiting).rejects.toThrow('The last value: undefined')
})
