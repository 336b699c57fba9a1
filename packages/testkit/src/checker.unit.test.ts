import type { Delivery } from '@mensageria/contracts'
import { check, type CheckInput, type CheckResult, type DownstreamEffect } from './checker.ts'

const row = (integration: string, centerId: string, change: Partial<Delivery> = {}): Delivery => ({
  integration,
  centerId,
  version: 1,
  deliveredVersion: 1,
  state: 'delivered',
  attempts: 1,
  history: [],
  ...change,
})
const effect = (system: string, centerId: string, version = 1, redrive = ''): DownstreamEffect => ({
  system,
  centerId,
  version,
  idempotencyKey: `${centerId}:${version}:${system}${redrive}`,
})

// Two centers at two integrations, all delivered; `b` has had an update.
const GOOD: CheckInput = {
  integrations: ['maas', 'dmitri'],
  answers: [
    { centerId: 'a', version: 1 },
    { centerId: 'b', version: 1 },
    { centerId: 'b', version: 2 },
  ],
  deliveries: ['maas', 'dmitri'].flatMap((name) => [
    row(name, 'a'),
    row(name, 'b', { version: 2, deliveredVersion: 2 }),
  ]),
  effects: ['maas', 'dmitri'].flatMap((name) => [effect(name, 'a'), effect(name, 'b'), effect(name, 'b', 2)]),
}
const CLEAN: CheckResult = {
  lost: [],
  duplicated: [],
  unexpected: [],
  stuck: [],
  nonMonotonic: [],
  invisible: [],
}

const isOf =
  (integration: string, centerId: string) =>
  (item: { integration?: string; system?: string; centerId?: string }) =>
    (item.integration ?? item.system) === integration && item.centerId === centerId
const withRow = (changed: Delivery): Delivery[] => [
  ...GOOD.deliveries.filter((item) => !isOf(changed.integration, changed.centerId)(item)),
  changed,
]
const withoutRow = (integration: string, centerId: string) =>
  GOOD.deliveries.filter((item) => !isOf(integration, centerId)(item))
const withoutEffects = (system: string, centerId: string) =>
  GOOD.effects.filter((item) => !isOf(system, centerId)(item))

const A = { integration: 'maas', centerId: 'a', version: 1 }

describe('nothing is found', () => {
  test('where everything was delivered', () => {
    expect(check(GOOD)).toEqual(CLEAN)
  })

  test('where nothing happened', () => {
    expect(check({ integrations: ['maas'], answers: [], deliveries: [], effects: [] })).toEqual(CLEAN)
  })

  test('where an answer was given twice', () => {
    expect(check({ ...GOOD, answers: [...GOOD.answers, ...GOOD.answers] })).toEqual(CLEAN)
  })

  test('where a version was overtaken before it was sent', () => {
    const effects = GOOD.effects.filter(({ centerId, version }) => centerId !== 'b' || version === 2)
    expect(check({ ...GOOD, effects })).toEqual(CLEAN)
  })

  test('where the data was refused, and the ledger says so', () => {
    const deliveries = withRow(row('maas', 'a', { state: 'rejected', deliveredVersion: 0 }))
    expect(check({ ...GOOD, deliveries, effects: withoutEffects('maas', 'a') })).toEqual(CLEAN)
  })

  test('where a person asked for the effect once more', () => {
    const effects = [...GOOD.effects, effect('maas', 'a', 1, ':r1'), effect('maas', 'a', 1, ':r2')]
    expect(check({ ...GOOD, effects })).toEqual(CLEAN)
  })

  test('where an answer never came, whether it happened or not', () => {
    const unanswered = [
      { centerId: 'c', version: 1 },
      { centerId: 'd', version: 1 },
      { centerId: 'b', version: 3 },
    ]
    const happened = ['maas', 'dmitri']
    const deliveries = [...GOOD.deliveries, ...happened.map((name) => row(name, 'c'))]
    const effects = [...GOOD.effects, ...happened.map((name) => effect(name, 'c'))]
    expect(check({ ...GOOD, unanswered, deliveries, effects })).toEqual(CLEAN)
  })

  test('where effects of several centers are mixed', () => {
    expect(
      check({ ...GOOD, effects: GOOD.effects.toSorted((x, y) => (x.version ?? 0) - (y.version ?? 0)) }),
    ).toEqual(CLEAN)
  })
})

test('lost: the ledger says delivered, and nothing arrived', () => {
  expect(check({ ...GOOD, effects: withoutEffects('maas', 'a') })).toEqual({ ...CLEAN, lost: [A] })
})

test('lost: only an older version arrived', () => {
  const effects = GOOD.effects.filter(({ system, version }) => system !== 'maas' || version === 1)
  expect(check({ ...GOOD, effects })).toEqual({
    ...CLEAN,
    lost: [{ integration: 'maas', centerId: 'b', version: 2 }],
  })
})

test('lost and invisible: nothing arrived, and no row tells of it', () => {
  const broken = { ...GOOD, deliveries: withoutRow('maas', 'a'), effects: withoutEffects('maas', 'a') }
  expect(check(broken)).toEqual({ ...CLEAN, lost: [A], invisible: [A] })
})

test('lost and invisible: a whole integration forgot a center', () => {
  const found = check({ ...GOOD, integrations: ['maas', 'dmitri', 'senninha'] })
  const missing = [
    { integration: 'senninha', centerId: 'a', version: 1 },
    { integration: 'senninha', centerId: 'b', version: 2 },
  ]
  expect(found).toEqual({ ...CLEAN, lost: missing, invisible: missing })
})

test('invisible: it arrived, and no row tells of it', () => {
  expect(check({ ...GOOD, deliveries: withoutRow('maas', 'a') })).toEqual({ ...CLEAN, invisible: [A] })
})

test('invisible: the row is below the accepted version', () => {
  expect(check({ ...GOOD, deliveries: withRow(row('maas', 'b')) })).toEqual({
    ...CLEAN,
    invisible: [{ integration: 'maas', centerId: 'b', version: 2 }],
  })
})

test('duplicated: the same effect twice', () => {
  expect(check({ ...GOOD, effects: [...GOOD.effects, effect('maas', 'a')] })).toEqual({
    ...CLEAN,
    duplicated: [A],
  })
})

test('duplicated: each one too many is counted', () => {
  const effects = [...GOOD.effects, effect('maas', 'a'), effect('maas', 'a')]
  expect(check({ ...GOOD, effects }).duplicated).toEqual([A, A])
})

test('duplicated: also within one redrive, and also without a key', () => {
  const redriven = effect('maas', 'a', 1, ':r1')
  expect(check({ ...GOOD, effects: [...GOOD.effects, redriven, redriven] }).duplicated).toEqual([A])
  const bare = { system: 'maas', centerId: 'a', version: 1 }
  expect(check({ ...GOOD, effects: [...GOOD.effects, bare] }).duplicated).toEqual([A])
})

test('unexpected: an effect for a center that nobody registered', () => {
  expect(check({ ...GOOD, effects: [...GOOD.effects, effect('maas', 'x')] })).toEqual({
    ...CLEAN,
    unexpected: [{ integration: 'maas', centerId: 'x', version: 1 }],
  })
})

test('unexpected: an effect for a version that nobody wrote', () => {
  expect(check({ ...GOOD, effects: [...GOOD.effects, effect('maas', 'a', 2)] }).unexpected).toEqual([
    { ...A, version: 2 },
  ])
})

test('unexpected: an effect that names no center', () => {
  expect(check({ ...GOOD, effects: [...GOOD.effects, { system: 'maas' }] }).unexpected).toEqual([
    { integration: 'maas', centerId: 'unknown' },
  ])
})

test('unexpected: an effect at a system that is no integration', () => {
  expect(check({ ...GOOD, effects: [...GOOD.effects, effect('other', 'a')] }).unexpected).toEqual([
    { ...A, integration: 'other' },
  ])
})

test('unexpected: a row of a center that nobody registered', () => {
  expect(check({ ...GOOD, deliveries: [...GOOD.deliveries, row('maas', 'x')] }).unexpected).toEqual([
    { integration: 'maas', centerId: 'x', version: 1 },
  ])
})

test.each(['waiting', 'delivering', 'retrying', 'parked'] as const)(
  'stuck: a row that is still %s',
  (state) => {
    const deliveries = withRow(row('maas', 'a', { state, deliveredVersion: 0 }))
    expect(check({ ...GOOD, deliveries, effects: withoutEffects('maas', 'a') })).toEqual({
      ...CLEAN,
      stuck: [A],
    })
  },
)

test('stuck: also where the effect is there', () => {
  expect(check({ ...GOOD, deliveries: withRow(row('maas', 'a', { state: 'delivering' })) })).toEqual({
    ...CLEAN,
    stuck: [A],
  })
})

test('nonMonotonic: an older version after a newer one', () => {
  const effects = [...withoutEffects('maas', 'b'), effect('maas', 'b', 2), effect('maas', 'b', 1)]
  expect(check({ ...GOOD, effects })).toEqual({
    ...CLEAN,
    nonMonotonic: [{ integration: 'maas', centerId: 'b', version: 1 }],
  })
})

test('several violations are all named', () => {
  const found = check({
    ...GOOD,
    deliveries: [...withoutRow('dmitri', 'a'), row('dmitri', 'x', { state: 'parked' })],
    effects: [...withoutEffects('maas', 'b'), effect('maas', 'a')],
  })
  expect(Object.entries(found).flatMap(([kind, findings]) => (findings.length > 0 ? [kind] : []))).toEqual([
    'lost',
    'duplicated',
    'unexpected',
    'stuck',
    'invisible',
  ])
})
