import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

// Jest has a module loader of its own: a plain process tells what is really loaded.
const packagesLoadedBy = async (entry: string): Promise<string[]> => {
  const script = `
    await import(${JSON.stringify(new URL(entry, import.meta.url).href)})
    const { default: Module } = await import('node:module')
    const names = Object.keys(Module._cache).flatMap((path) => /@google-cloud\\/(pubsub|firestore)\\//.exec(path)?.[1] ?? [])
    console.log([...new Set(names)].join(' '))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  return stdout.trim().split(' ')
}

test.each([
  ['./open-ledger.ts', 'firestore'],
  ['./open-store.ts', 'firestore'],
  ['./open-operations.ts', 'firestore'],
  ['./pubsub/open-publisher.ts', 'pubsub'],
  ['./pubsub/create-topology.ts', 'pubsub'],
])('%s loads the client of %s and no other', async (entry, client) => {
  expect(await packagesLoadedBy(entry)).toEqual([client])
})
