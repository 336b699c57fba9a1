import { isNotFound, unlessConflict } from './conflict.ts'

const failing = (code: number) => Promise.reject(Object.assign(new Error('failed'), { code }))

test.each([5, 6, 9])('code %d says that a precondition did not hold', async (code) => {
  expect(await unlessConflict(failing(code))).toBeUndefined()
})

// ABORTED, UNAVAILABLE and DEADLINE_EXCEEDED among them: whether it was written is not known.
test.each([1, 2, 3, 4, 7, 8, 10, 13, 14, 16])('code %d is thrown on', async (code) => {
  await expect(unlessConflict(failing(code))).rejects.toThrow('failed')
})

test('an error without a code is thrown on', async () => {
  await expect(unlessConflict(Promise.reject(new Error('failed')))).rejects.toThrow('failed')
})

test('what is not there is told from what is there already', () => {
  expect(isNotFound({ code: 5 })).toBe(true)
  expect(isNotFound({ code: 6 })).toBe(false)
  expect(isNotFound('5')).toBe(false)
})
