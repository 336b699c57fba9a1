import { currentDeadline, DeadlineError, withinDeadline } from './within-deadline.ts'

test('gives the result, and an error as it is', async () => {
  expect(await withinDeadline(1000, async () => 5)).toBe(5)
  await expect(withinDeadline(1000, () => Promise.reject(new TypeError('broken')))).rejects.toThrow(TypeError)
})

test('gives up what does not end', async () => {
  const never = () => Promise.withResolvers<never>().promise
  await expect(withinDeadline(1, never)).rejects.toThrow(DeadlineError)
})

test('all that an operation does knows its end, also after a wait, and nothing else does', async () => {
  const start = Date.now()
  const seen = await withinDeadline(60_000, async () => {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    return currentDeadline()
  })
  expect(seen).toBeGreaterThanOrEqual(start + 60_000)
  expect(seen).toBeLessThan(start + 70_000)
  expect(currentDeadline()).toBeUndefined()
})
