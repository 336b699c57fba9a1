import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulatorData } from './emulator-data.ts'
import { openDataFolder } from './data-folder.ts'
import { Manifest } from './saved-export.ts'

const { describe: describeWithEmulators } = needs('emulators')

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mensageria-dev-data-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const newProject = () => `test-${randomUUID().slice(0, 8)}`

describeWithEmulators('a folder for the data of the Firestore emulator', () => {
  let host: string
  beforeAll(async () => {
    host = (await useEmulators()).firestore
  })

  const pathOf = (project: string) =>
    `http://${host}/v1/projects/${project}/databases/(default)/documents/centers`
  const headers = { authorization: 'Bearer owner', 'content-type': 'application/json' }
  const write = async (project: string, id: string) => {
    const body = JSON.stringify({ fields: { name: { stringValue: id } } })
    const answer = await fetch(`${pathOf(project)}?documentId=${id}`, { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
  }
  const has = async (project: string, id: string) =>
    (await fetch(`${pathOf(project)}/${id}`, { headers })).status === 200

  const saveOne = async (id = 'a') => {
    const project = newProject()
    await write(project, id)
    const folder = await openDataFolder(dir)
    await folder.save(host, project)
    folder.close()
    return project
  }

  test('what was saved is there again after a restart, and the newest save counts', async () => {
    const first = newProject()
    await write(first, 'a')
    const folder = await openDataFolder(join(dir, 'new'))
    expect(folder.savedAt).toBeUndefined()
    await folder.load(host, first)
    await folder.save(host, first)
    await write(first, 'b')
    await folder.save(host, first)
    folder.close()
    expect((await readdir(join(dir, 'new'))).toSorted()).toEqual([
      expect.stringMatching(/^firestore-/),
      'lock',
      'saved.json',
    ])

    const again = await openDataFolder(join(dir, 'new'))
    expect(Date.parse(again.savedAt ?? '')).toBeLessThanOrEqual(Date.now())
    const second = newProject()
    await again.load(host, second)
    again.close()
    expect([await has(second, 'a'), await has(second, 'b')]).toEqual([true, true])
  })

  test('nothing is loaded on top of what an emulator has', async () => {
    const project = await saveOne()
    const folder = await openDataFolder(dir)
    await expect(folder.load(host, project)).rejects.toThrow(/holds data of .* already/)
    folder.close()
  })

  test('a save that fails or takes too long leaves what was saved before', async () => {
    await saveOne()
    const before = await readFile(join(dir, 'saved.json'), 'utf8')
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    if (address === null || typeof address === 'string') throw new Error('No address')
    const folder = await openDataFolder(dir, { transferMaxMs: 200 })
    await expect(folder.save(`127.0.0.1:${address.port}`, newProject())).rejects.toThrow(/timeout/)
    silent.close()
    silent.closeAllConnections()
    await expect(folder.save(`127.0.0.1:${address.port}`, newProject())).rejects.toThrow('fetch failed')
    folder.close()
    expect(await readFile(join(dir, 'saved.json'), 'utf8')).toBe(before)
    const project = newProject()
    const again = await openDataFolder(dir)
    await again.load(host, project)
    again.close()
    expect(await has(project, 'a')).toBe(true)
  })

  test('what an end in the middle of a save left counts for nothing', async () => {
    await saveOne()
    const half = join(dir, 'firestore-half')
    await mkdir(half)
    await writeFile(join(dir, 'saved.json.new'), '{')
    const folder = await openDataFolder(dir)
    const project = newProject()
    await folder.load(host, project)
    expect(await has(project, 'a')).toBe(true)
    await folder.save(host, project)
    folder.close()
    expect(await readdir(dir)).not.toContain('firestore-half')
  })

  const outputOf = async () => {
    const { folder } = Manifest.parse(JSON.parse(await readFile(join(dir, 'saved.json'), 'utf8')))
    return join(dir, folder, 'all_namespaces/all_kinds/output-0')
  }
  // The emulator itself says nothing of the first two, and is empty then.
  test.each([
    [
      'a file that is cut off',
      async () => writeFile(await outputOf(), (await readFile(await outputOf())).subarray(0, 7)),
      /output-0 is not as it was saved/,
    ],
    [
      'a file that is garbled',
      async () => writeFile(await outputOf(), 'x'.repeat(99)),
      /not as it was saved/,
    ],
    ['a file that is missing', async () => rm(await outputOf()), /output-0 is missing/],
    ['no saved.json that can be read', () => writeFile(join(dir, 'saved.json'), '{'), /is no JSON/],
    ['a saved.json of somebody else', () => writeFile(join(dir, 'saved.json'), '{}'), /not what npm run dev/],
  ])('%s is refused', async (_, damage, words) => {
    await saveOne()
    await damage()
    const opening = openDataFolder(dir)
    await expect(opening).rejects.toThrow(/is damaged: .*Restore it from a backup, or name another folder/)
    await expect(opening).rejects.toThrow(words)
    // The refused one holds no lock.
    await expect(openDataFolder(dir)).rejects.toThrow(words)
  })

  test('what the emulator refuses is an error, and the project stays empty', async () => {
    await mkdir(join(dir, 'x'))
    const emulator = createEmulatorData(host, newProject())
    const signal = AbortSignal.timeout(10_000)
    await expect(emulator.importFrom(join(dir, 'x'), signal)).rejects.toThrow(/answered 400/)
    expect(await emulator.isEmpty(signal)).toBe(true)
  })
})

describe('a folder that is refused', () => {
  test('one that holds other things, which stay', async () => {
    await writeFile(join(dir, 'mensageria.db'), 'x')
    await expect(openDataFolder(dir)).rejects.toThrow(
      /holds mensageria\.db, which npm run dev has not written/,
    )
    expect(await readdir(dir)).toEqual(['mensageria.db'])
  })

  test('one that another process has, until that ends', async () => {
    const first = await openDataFolder(dir)
    await expect(openDataFolder(dir)).rejects.toThrow(/in use by another npm run dev/)
    first.close()
    const second = await openDataFolder(dir)
    second.close()
  })

  test.each([
    ['a/b', /folder above it does not exist/],
    ['file', /is not a folder/],
    ['file/x', /is not a folder/],
  ])('%s', async (path, words) => {
    await writeFile(join(dir, 'file'), '')
    await expect(openDataFolder(join(dir, path))).rejects.toThrow(words)
  })
})
