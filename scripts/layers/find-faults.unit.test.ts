import { findCycles } from './find-cycles.ts'
import {
  findCircles,
  findComposed,
  findCrowded,
  findForbidden,
  findUnlisted,
  type Repository,
} from './find-faults.ts'
import type { Layer } from './layer.ts'
import { readImports } from './read-imports.ts'

const LAYERS: readonly Layer[] = [
  { from: ['packages/low/src'], may: ['zod'], because: 'It is the bottom.' },
  {
    from: ['packages/high/src'],
    may: ['@mensageria/low', 'node:*'],
    late: ['packages/high/src/heavy.ts'],
    never: ['node:sqlite'],
    because: 'It stands on low.',
  },
  { from: ['packages/high/src/heavy.ts'], may: ['packages/high/src', 'heavy'], because: 'It is heavy.' },
  { from: ['services/a', 'services/b'], may: ['@mensageria/high'], because: 'They do not know each other.' },
]

const repositoryOf = (texts: Record<string, string>, packages: readonly string[] = []): Repository => ({
  files: new Map(Object.entries(texts).map(([file, text]) => [file, readImports(file, text)])),
  packages,
  entries: new Map([['@mensageria/low', 'packages/low/src/index.ts']]),
})
const forbidden = (file: string, text: string) => findForbidden(repositoryOf({ [file]: text }), LAYERS)

describe('an import', () => {
  test.each([
    ['packages/low/src/x.ts', "import { z } from 'zod'"],
    ['packages/low/src/x.ts', "import { y } from './y.ts'"],
    ['packages/high/src/x.ts', "import { y } from '@mensageria/low'"],
    ['packages/high/src/x.ts', "const x = () => import('./heavy.ts')"],
    ['packages/high/src/x.ts', "import type { Heavy } from './heavy.ts'"],
    ['packages/high/src/x.ts', "import { type Heavy } from './heavy.ts'"],
    ['packages/high/src/heavy.ts', "import { y } from './y.ts'"],
    ['packages/low/src/x.unit.test.ts', "import { b } from '@mensageria/high'"],
    ['services/a/src/x.ts', "import { y } from './y.ts'"],
  ])('of %s is allowed: %s', (file, text) => {
    expect(forbidden(file, text)).toEqual([])
  })

  test.each([
    ['a package above', 'packages/low/src/x.ts', "import { y } from '@mensageria/high'"],
    ['a type of it', 'packages/low/src/x.ts', "import type { Y } from '@mensageria/high'"],
    ['a type of it in place', 'packages/low/src/x.ts', "type Y = import('@mensageria/high').Y"],
    ['what is given on', 'packages/low/src/x.ts', "export { y } from '@mensageria/high'"],
    ['all that is given on', 'packages/low/src/x.ts', "export * from '@mensageria/high'"],
    ['something late', 'packages/low/src/x.ts', "const x = () => import('@mensageria/high')"],
    ['for its effect', 'packages/low/src/x.ts', "import '@mensageria/high'"],
    ['a file above', 'packages/low/src/x.ts', "import { y } from '../../high/src/y.ts'"],
    ['I/O', 'packages/low/src/x.ts', "import { readFileSync } from 'node:fs'"],
    ['another entry of a package', 'packages/high/src/x.ts', "import { y } from '@mensageria/low/deep'"],
    ['what is never allowed', 'packages/high/src/x.ts', "import { DatabaseSync } from 'node:sqlite'"],
    ['at the start what may come late', 'packages/high/src/x.ts', "import { heavy } from './heavy.ts'"],
    ['the SDK of another file', 'packages/high/src/x.ts', "import { heavy } from 'heavy'"],
    ['another service of its row', 'services/a/src/x.ts', "import { b } from '../../b/src/b.ts'"],
    ['a test', 'packages/low/src/x.ts', "import { y } from './testing/y.ts'"],
  ])('of %s is none that a row allows', (_name, file, text) => {
    expect(forbidden(file, text)).toHaveLength(1)
  })

  test('in a file that no row has is a fault by itself', () => {
    expect(forbidden('packages/new/src/x.ts', '')).toEqual([
      'packages/new/src/x.ts is in no row of scripts/layers.ts',
    ])
  })
})

test('a package that no row names, and a row that names nothing, are told with where to look', () => {
  const files = { 'packages/low/src/x.ts': '', 'packages/high/src/heavy.ts': '', 'services/a/src/x.ts': '' }
  expect(findUnlisted(repositoryOf(files, ['packages/low', 'services/c']), LAYERS)).toEqual([
    'services/c is in no row of scripts/layers.ts: add it to the row of its kind, or a row',
  ])
  expect(findUnlisted(repositoryOf({}), LAYERS)).toHaveLength(LAYERS.length)
})

test('files that import each other in a circle are found, through types and through packages too', () => {
  const repository = repositoryOf({
    'packages/low/src/index.ts': "export type { A } from './a.ts'",
    'packages/low/src/a.ts': "import type { B } from './b.ts'\nexport type A = B",
    'packages/low/src/b.ts': "import type { A } from '@mensageria/low'\nexport type B = A",
    'packages/low/src/c.ts': "import { a } from './a.ts'",
  })
  expect(findCircles(repository)).toEqual([
    'Files import each other in a circle: packages/low/src/a.ts, packages/low/src/b.ts, packages/low/src/index.ts',
  ])
})

test('two circles that touch are one; a file that imports itself is one; a way without return is none', () => {
  const graph = { a: ['b'], b: ['a', 'c'], c: ['b', 'd'], d: ['e'], e: [], f: ['f'] }
  expect(findCycles(new Map(Object.entries(graph)))).toEqual([['a', 'b', 'c'], ['f']])
})

test('a folder of more than 15 sources is crowded; tests do not count', () => {
  const named = (count: number, suffix: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`packages/low/src/x/f${n}${suffix}.ts`, '']))
  expect(findCrowded(repositoryOf({ ...named(15, ''), ...named(9, '.unit.test') }))).toEqual([])
  expect(findCrowded(repositoryOf(named(16, '')))).toEqual([
    'packages/low/src/x has 16 source files, more than 15',
  ])
})

test('a use case that is composed by hand is found, also under another name', () => {
  const compose = "import { createSweep } from './sweep/sweep.ts'"
  const byHand = "import { createSweep as make } from '@mensageria/core'"
  const repository = repositoryOf({
    'packages/core/src/compose.ts': compose,
    'packages/core/src/sweep/sweep.unit.test.ts': "import { createSweep } from './sweep.ts'",
    'packages/core/test/sweep.unit.test.ts': "import { createSweep } from '../src/sweep/sweep.ts'",
    'services/a/src/run.ts': byHand,
    'tests/simulation/sweeper.ts': byHand,
  })
  expect(findComposed(repository).map((fault) => fault.split(' ')[0])).toEqual([
    'services/a/src/run.ts',
    'tests/simulation/sweeper.ts',
  ])
})
