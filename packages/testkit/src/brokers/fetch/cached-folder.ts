import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../../ready-process.ts'
import { withLock } from './lock.ts'

/** Where what the tests fetch is kept: git ignores it, and it goes with `node_modules`. */
export const CACHE = join(ROOT, 'node_modules/.cache/brokers')

// Written last: a folder without it was left in the middle.
const WHOLE = 'whole'

/** Whether the folder of that name is there and whole. */
export const isCached = (name: string): boolean => existsSync(join(CACHE, name, WHOLE))

/** The folder of that name, filled by `fill` where it is not there yet. Who asks meanwhile, in any process, waits for it. */
export const cachedFolder = async (
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> => {
  const folder = join(CACHE, name)
  if (isCached(name)) return folder
  return withLock(`${folder}.lock`, async () => {
    if (isCached(name)) return folder
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await fill(folder)
    await writeFile(join(folder, WHOLE), '')
    return folder
  })
}
