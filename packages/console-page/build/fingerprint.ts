import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAGE_ROOT } from './places.ts'

const REPOSITORY = join(PAGE_ROOT, '../..')

// The lock file stands for every library.
const SOURCES = [
  'packages/console-page/{build,public,src}/**/*.*',
  'packages/console-page/{index.html,package.json}',
  'packages/contracts/src/**/*.ts',
  'pnpm-lock.yaml',
]

/** Names what the page is made from: equal sources have equal names, whenever and by whom they were written. */
export const fingerprintOfSources = (): string => {
  const hash = createHash('sha256')
  for (const file of globSync(SOURCES, { cwd: REPOSITORY }).toSorted()) {
    if (file.endsWith('.test.ts')) continue
    hash.update(file).update(readFileSync(join(REPOSITORY, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
