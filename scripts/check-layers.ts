// Holds every import of every file against scripts/layers.ts, and looks for circles, crowded folders, and use cases that are
// composed by hand; and the core for times that are compared with now by hand.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { LAYERS } from './layers.ts'
import { findCompared } from './layers/find-compared.ts'
import {
  findCircles,
  findComposed,
  findCrowded,
  findForbidden,
  findUnlisted,
  type Repository,
} from './layers/find-faults.ts'
import { readImports } from './layers/read-imports.ts'

const root = join(import.meta.dirname, '..')
const globbed = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (path) => path.includes('node_modules') }).toSorted()

type Manifest = { name: string; exports?: string | Record<string, string> }
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))

const packages = globbed('{packages,services}/*').filter((folder) =>
  existsSync(join(root, folder, 'package.json')),
)

// The file behind `@mensageria/x` and `@mensageria/x/y`.
const entries = packages.flatMap((folder): [string, string][] => {
  const { name, exports = {} } = manifestOf(folder)
  const named = typeof exports === 'string' ? { '.': exports } : exports
  return Object.entries(named).map(([entry, file]) => [posix.join(name, entry), posix.join(folder, file)])
})

const repository: Repository = {
  files: new Map(
    globbed('{packages,services,tests,bench,scripts}/**/*.{ts,tsx}').map((file) => [
      file,
      readImports(file, readFileSync(join(root, file), 'utf8')),
    ]),
  ),
  packages,
  entries: new Map(entries),
}

const texts = new Map(
  globbed('packages/core/src/**/*.ts').map((file) => [file, readFileSync(join(root, file), 'utf8')]),
)

const faults = [
  ...findUnlisted(repository, LAYERS),
  ...findForbidden(repository, LAYERS),
  ...findCircles(repository),
  ...findCrowded(repository),
  ...findComposed(repository),
  ...findCompared(texts),
]
if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exit(1)
}
