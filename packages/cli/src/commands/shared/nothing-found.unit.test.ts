import { textsOf } from '../../language/language.ts'
import { testContext } from '../../testing/test-context.ts'
import { nothingFound } from './nothing-found.ts'

const NONE = { waiting: 0, delivering: 0, retrying: 0, rejected: 0, parked: 0, delivered: 0 }
const DEFAULT = ['parked', 'rejected']
const dryOf = (counts: Partial<typeof NONE>, beforeSince = 0) => ({
  count: 0,
  more: false,
  sample: [],
  stateCounts: { ...NONE, ...counts },
  beforeSince,
})
const portuguese = { ...testContext(), language: 'pt-BR' as const, texts: textsOf('pt-BR') }

test('a redrive that finds nothing says in which states they are, and what sends those', () => {
  expect(nothingFound(dryOf({ delivered: 800, waiting: 12 }), DEFAULT, testContext())).toEqual([
    '0 of 812 match: 12 waiting, 800 delivered.',
    'To send the waiting ones: --states waiting',
  ])
  expect(nothingFound(dryOf({ delivered: 800, waiting: 12 }), DEFAULT, portuguese)).toEqual([
    '0 de 812 correspondem: 12 aguardando, 800 entregues.',
    'Para enviar as que aguardam: --states waiting',
  ])
})

test('what is retried goes by itself, and what is delivered needs force', () => {
  expect(nothingFound(dryOf({ retrying: 1 }), DEFAULT, testContext())).toEqual([
    '0 of 1 match: 1 retrying.',
    expect.stringContaining('--states retrying'),
  ])
  expect(nothingFound(dryOf({ delivered: 2 }), DEFAULT, testContext())).toEqual([
    '0 of 2 match: 2 delivered.',
    expect.stringContaining('--states delivered --force'),
  ])
})

test('centers from before a since are told where nothing else is owed', () => {
  expect(nothingFound(dryOf({}, 12_345), DEFAULT, testContext())).toEqual([
    'The filter means no delivery at all.',
    '12,345 centers from before the since of the system are not its own. To send them: --states waiting',
  ])
})

test('who has asked for what waits is told of nothing twice, and an older service says nothing of it', () => {
  expect(nothingFound(dryOf({ delivered: 2, waiting: 0 }, 0), ['waiting'], testContext())).toHaveLength(2)
  expect(nothingFound({ count: 0, more: false, sample: [] }, DEFAULT, testContext())).toEqual([])
})
