import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RELEASE } from './release.ts'

test('the API document shows the release of the packages', () => {
  const packages = ['package.json', 'packages/contracts/package.json', 'packages/cli/package.json']
  for (const path of packages) {
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../..', path), 'utf8'),
    )
    expect([path, version]).toEqual([path, RELEASE])
  }
})
