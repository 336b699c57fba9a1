import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CACHE, cachedFolder, isCached } from './cached-folder.ts'

let name: string
beforeEach(() => {
  name = `test-${randomUUID()}`
})
afterEach(async () => {
  for (const path of [name, `${name}.lock`, `${name}.lock-journal`])
    await rm(join(CACHE, path), { recursive: true, force: true })
})

const fillWith = (text: string) => (folder: string) => writeFile(join(folder, 'what'), text)
const read = (folder: string) => readFile(join(folder, 'what'), 'utf8')

test('a folder is filled once, also where two ask at once', async () => {
  let filled = 0
  const fill = async (folder: string) => {
    filled += 1
    await fillWith(`${filled}`)(folder)
  }
  const folders = await Promise.all([cachedFolder(name, fill), cachedFolder(name, fill)])
  expect(await Promise.all(folders.map(read))).toEqual(['1', '1'])
  expect(await read(await cachedFolder(name, fill))).toBe('1')
})

test('a folder whose filling failed is filled anew', async () => {
  const failing = async (folder: string) => {
    await fillWith('half')(folder)
    await writeFile(join(folder, 'rest'), '')
    throw new Error('The network is away')
  }
  await expect(cachedFolder(name, failing)).rejects.toThrow('The network is away')
  expect(isCached(name)).toBe(false)
  const folder = await cachedFolder(name, fillWith('whole'))
  expect(await read(folder)).toBe('whole')
  expect(existsSync(join(folder, 'rest'))).toBe(false)
})

test('a process that is killed while it fills leaves nothing that others wait for', async () => {
  const entry = JSON.stringify(new URL('./cached-folder.ts', import.meta.url).href)
  const script = `
    const { cachedFolder } = await import(${entry})
    await cachedFolder(${JSON.stringify(name)}, () => {
      console.log('filling')
      return new Promise((resolve) => setTimeout(resolve, 60_000))
    })`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(other.stdout, 'data')
  const waiting = cachedFolder(name, fillWith('whole'))
  other.kill('SIGKILL')
  expect(await read(await waiting)).toBe('whole')
})
