import { LEASE_MS } from './budget.ts'
import { rowIn, NOW } from '../testing/samples.ts'
import { parseStoredRow } from './stored.ts'

describe('defect 18: a row of an earlier release', () => {
  test('shows the words of a system without control characters', () => {
    const evil = 'no\u001B]0;owned\u0007'
    const lastFailure = { kind: 'rejected', cause: 'rejected:bad', message: evil, at: NOW } as const
    const row = parseStoredRow(JSON.stringify(rowIn('rejected', { lastFailure, externalId: evil })))
    const plain = 'no\uFFFD]0;owned\uFFFD'
    expect(row).toMatchObject({ lastFailure: { ...lastFailure, message: plain }, externalId: plain })
  })

  test('is otherwise as it was', () => {
    const row = rowIn('parked', { externalId: 'p-1' })
    expect(parseStoredRow(JSON.stringify(row))).toEqual(JSON.parse(JSON.stringify(row)))
  })
})

test('a row of release 0.1 that was in doubt until a time is so for a lease after it was written', () => {
  const { inDoubtMs: _, ...row } = rowIn('retrying')
  const stored = JSON.stringify({ ...row, inDoubtUntil: NOW })
  expect(parseStoredRow(stored)).toEqual({ ...JSON.parse(JSON.stringify(row)), inDoubtMs: LEASE_MS })
  expect(parseStoredRow(JSON.stringify(row))).not.toHaveProperty('inDoubtMs')
})
