import type { RowVersions } from '../model/open-event.ts'
import { decideOpenEvent, FIRST_CHECK_MS, recheckAfterMs } from './decide-open-event.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import { NOW, SETTINGS } from '../testing/samples.ts'

const named = (name: string, since?: number): IntegrationSettings => ({
  ...SETTINGS,
  name,
  ...(since === undefined ? {} : { since }),
})
const ALL = [named('senninha'), named('maas'), named('dmitri')]
const EVENT = { eventId: 'e-2', centerId: 'c-1', version: 2, centerCreatedAt: NOW - 60_000, checks: 3 }
const nextCheckAt = NOW + 80_000

const decide = (versions: RowVersions, { integrations = ALL, paused = [] as string[] } = {}) =>
  decideOpenEvent(EVENT, versions, integrations, new Set(paused), NOW)

const reconciled = (...args: Parameters<typeof decide>): string[] => {
  const decided = decide(...args)
  if (decided.action !== 'reconcile') throw new Error(decided.action)
  expect(decided.nextCheckAt).toBe(nextCheckAt)
  return decided.integrations.map(({ name }) => name)
}

describe('an open event', () => {
  test('is closed when every integration has a row at its version or higher', () => {
    expect(decide({ senninha: 2, maas: 2, dmitri: 3 })).toEqual({ action: 'close' })
  })

  test('is published again when no integration has a row at all', () => {
    expect(decide({})).toEqual({ action: 'publish', nextCheckAt })
    expect(decide({ retired: 2 })).toEqual({ action: 'publish', nextCheckAt })
  })

  test('is handed over to those that have no row while others have one', () => {
    expect(reconciled({ senninha: 2 })).toEqual(['maas', 'dmitri'])
    expect(reconciled({ senninha: 2, maas: 2 })).toEqual(['dmitri'])
  })

  test('is handed over to those whose row is at a lower version, also if that is all of them', () => {
    expect(reconciled({ senninha: 2, maas: 1, dmitri: 2 })).toEqual(['maas'])
    expect(reconciled({ senninha: 1, maas: 1, dmitri: 1 })).toEqual(['senninha', 'maas', 'dmitri'])
  })

  test('is handed over to an integration whose name every object has', () => {
    const integrations = [named('maas'), named('constructor')]
    expect(reconciled({ maas: 2 }, { integrations })).toEqual(['constructor'])
    expect(decide({}, { integrations })).toEqual({ action: 'publish', nextCheckAt })
  })

  test('leaves a paused integration alone, and waits where only paused ones are missing', () => {
    expect(reconciled({ senninha: 2 }, { paused: ['maas'] })).toEqual(['dmitri'])
    expect(decide({ senninha: 2, dmitri: 2 }, { paused: ['maas'] })).toEqual({ action: 'wait', nextCheckAt })
    expect(decide({}, { paused: ['senninha', 'maas', 'dmitri'] })).toEqual({ action: 'wait', nextCheckAt })
  })

  test('waits for a pause no longer than ten minutes, so that its end is noticed', () => {
    const decided = decideOpenEvent(
      { ...EVENT, checks: 12 },
      {},
      ALL,
      new Set(ALL.map(({ name }) => name)),
      NOW,
    )
    expect(decided).toEqual({ action: 'wait', nextCheckAt: NOW + 600_000 })
  })

  test('is closed although an integration is paused that has its row', () => {
    expect(decide({ senninha: 2, maas: 2, dmitri: 2 }, { paused: ['maas'] })).toEqual({ action: 'close' })
  })

  test('does not wait for an integration whose since lies after the center', () => {
    const integrations = [named('maas'), named('dmitri', EVENT.centerCreatedAt + 1)]
    expect(decide({ maas: 2 }, { integrations })).toEqual({ action: 'close' })
    expect(decide({}, { integrations })).toEqual({ action: 'publish', nextCheckAt })
    expect(reconciled({ dmitri: 2 }, { integrations })).toEqual(['maas'])
    const own = [named('maas'), named('dmitri', EVENT.centerCreatedAt)]
    expect(reconciled({ maas: 2 }, { integrations: own })).toEqual(['dmitri'])
  })
})

test('an integration that once had a center keeps getting its versions, also from before its since', () => {
  const integrations = [named('maas'), named('dmitri', EVENT.centerCreatedAt + 1)]
  expect(reconciled({ maas: 2, dmitri: 1 }, { integrations })).toEqual(['dmitri'])
  expect(decide({ maas: 2, dmitri: 2 }, { integrations })).toEqual({ action: 'close' })
})

describe('the gap between two checks', () => {
  test('doubles from 10 s up to 6 h', () => {
    expect(FIRST_CHECK_MS).toBe(10_000)
    expect([0, 1, 2, 3].map(recheckAfterMs)).toEqual([10_000, 20_000, 40_000, 80_000])
    expect([12, 40, 5_000].map(recheckAfterMs)).toEqual([21_600_000, 21_600_000, 21_600_000])
  })
})
