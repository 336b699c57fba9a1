import { DEAD_WORDS } from '../dead-words.ts'
import { findDeadWords } from './find-dead-words.ts'

const found = (file: string, text: string) => findDeadWords(file, text, DEAD_WORDS)

test.each([
  ['docs/x.md', 'A distribution centre'],
  ['services/x.ts', 'type UndecodableMessage = string'],
  ['services/x.ts', '// It heals what was missed.'],
  ['services/x.ts', '// the chores of a sweep'],
  ['services/x.ts', '// The figures port'],
  ['services/x.ts', 'onNews: (news) => 1'],
  ['services/x.ts', 'lookGapMs(1)'],
  ['services/x.ts', 'const rows: StrayRows = 1'],
  ['docs/x.md', 'keeps that tally'],
  ['services/x.ts', 'createSweepEvents({})'],
  ['services/x.ts', 'const sweep = { sweepEvents: 1 }'],
  ['packages/cli/src/x.ts', 'EXIT.refused'],
  ['README.md', 'See the glossary'],
  ['README.pt-BR.md', 'a entrega fica estacionada'],
  ['packages/console-page/src/x.ts', "'Passing failure'"],
  ['scripts/x.ts', "const SYSTEMS = ['maas']"],
])('%s: %j has a dead word', (file, text) => {
  expect(found(file, text)).not.toEqual([])
})

test.each([
  ['packages/embedded/src/schema/0001-core.ts', 'CREATE TABLE undecodable_messages'],
  ['packages/core/src/model/stored.ts', "trigger === 'heal'"],
  ['packages/core/src/model/delivery-row.ts', 'tally: Partial<DeliveredBy>'],
  ['services/x.ts', "health: 'healthy'"],
  ['services/x.unit.test.ts', "integration: 'maas'"],
  ['services/maas/src/integration.ts', "name: 'maas'"],
  ['docs/x.md', '[ADR 0019](adr/0019-figures-are-counted-in-one-snapshot.md)'],
])('%s: %j has none', (file, text) => {
  expect(found(file, text)).toEqual([])
})

test('a fault says where, and what to write', () => {
  expect(found('docs/x.md', 'one\ntwo centres')).toEqual(['docs/x.md:2: "centre" is gone; write center'])
  expect(found('docs/centre.md', '')).toEqual(['docs/centre.md:0: "centre" is gone; write center'])
})
