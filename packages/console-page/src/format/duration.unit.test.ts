import { deadLetterLeftMs } from '../words/dead-letter-left.ts'
import { formatDuration } from './duration.ts'
import { formatPostalCode, formatTaxId } from './tax-id.ts'

const SECOND_MS = 1000
const HOUR_MS = 3_600_000
const NOW = Date.parse('2026-11-02T12:00:00.000Z')

test.each([
  [-5, 'pt-BR', '0 s'],
  [40 * SECOND_MS, 'pt-BR', '40 s'],
  [12 * 60 * SECOND_MS + 59, 'pt-BR', '12 min'],
  [15 * HOUR_MS, 'pt-BR', '15 h'],
  [48 * HOUR_MS, 'pt-BR', '2 dias'],
  [48 * HOUR_MS, 'en', '2 days'],
])('%d ms in %s is %s', (ms, language, words) => {
  expect(formatDuration(ms, language)).toBe(words)
})

test('what is stored is shown as people write it', () => {
  expect([formatTaxId('11222333000181'), formatTaxId('12ABC34501DE35')]).toEqual([
    '11.222.333/0001-81',
    '12.ABC.345/01DE-35',
  ])
  expect(formatPostalCode('07786000')).toBe('07786-000')
})

describe('the time until a dead letter', () => {
  const delivery = {
    integration: 'maas',
    centerId: 'x',
    version: 1,
    deliveredVersion: 0,
    state: 'retrying' as const,
    attempts: 3,
    firstAttemptAt: new Date(NOW - HOUR_MS).toISOString(),
    history: [],
  }

  test('counts from the first attempt', () => {
    expect(deadLetterLeftMs(delivery, 15, NOW)).toBe(14 * HOUR_MS)
    expect(deadLetterLeftMs(delivery, 0.5, NOW)).toBe(0)
  })

  test('is none where the broker does not have the delivery', () => {
    for (const state of ['waiting', 'parked', 'rejected', 'delivered'] as const)
      expect(deadLetterLeftMs({ ...delivery, state }, 15, NOW)).toBeUndefined()
    const parkedAt = new Date(NOW).toISOString()
    expect(deadLetterLeftMs({ ...delivery, state: 'delivering', parkedAt }, 15, NOW)).toBeUndefined()
  })
})
