import { findCompared } from './find-compared.ts'

const PATH = 'packages/core/src/redrive/decide.ts'
const found = (line: string, path = PATH) => findCompared(new Map([[path, line]])).length

test.each([
  'if (now < row.notBefore) return',
  'const isDue = row.dueAt <= now',
  'if (kept.expiresAt > clock.now()) {',
  'return now - since >= retireAfterMs ? a : b',
  'const late = clock.now() - at > 5',
])('a time that is compared with now by hand is a fault: %s', (line) => {
  expect(found(line)).toBe(1)
})

test.each([
  `clock: Pick<Clock, 'now' | 'monotonic'>`,
  'const waitMs = state.nextAt - now',
  'if (hasHappened(at, now) && at > since) return',
  'const at = Math.max(now, before)',
  '(now: number): number => now + 5',
])('what compares nothing with now is none: %s', (line) => {
  expect(found(line)).toBe(0)
})

test('the functions that believe a time compare, and so may tests and the engines', () => {
  expect(found('at <= now', 'packages/core/src/model/believed.ts')).toBe(0)
  expect(found('if (at <= now) return', 'packages/core/src/deliver/a.unit.test.ts')).toBe(0)
  expect(found('if (at <= now) return', 'packages/memory/src/stored.ts')).toBe(0)
})
