import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import type { StandaloneProcess } from '@mensageria/testkit/standalone-process'
import { expectPromisesKept } from '../support/promises.ts'
import { openTestSystem, type TestSystem } from '../support/system.ts'
import { createTrouble } from '../support/trouble.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const Answer = z.object({ id: z.string() })

/** Registers one center after the other until one is refused; resolves with the ids that were answered 201. */
const registerUntilRefused = async (url: string, from: number): Promise<string[]> => {
  const accepted: string[] = []
  for (let n = from; ; n += 1000) {
    const answer = await system.client.post(url, sampleRegistration(n)).catch(() => undefined)
    if (answer?.status !== 201) return accepted
    accepted.push(Answer.parse(await answer.json()).id)
  }
}

const listed = async (url: string): Promise<string[]> => {
  const answer = await fetch(`${url}/v1/distribution-centers?pageSize=200`)
  return z
    .object({ items: z.array(Answer) })
    .parse(await answer.json())
    .items.map(({ id }) => id)
}

const lastWords = ({ lines }: StandaloneProcess) =>
  lines.filter((line) => line.startsWith('Mensageria ended.'))

test('row 41, c06, defect 19: a flush that fails refuses all that gathered behind it, ends the process with 1 and one line, and the next start has exactly what was answered', async () => {
  const { env, failFlush } = createTrouble(system)
  const first = await system.start(env)
  const before = await system.client.register(first.url, sampleRegistration(1))
  await failFlush(first.pid, 300)
  const workers = await Promise.all([2, 3, 4, 5, 6].map((n) => registerUntilRefused(first.url, n)))
  expect(await first.ended).toBe(1)
  expect(lastWords(first)).toEqual([
    `Mensageria ended. ${join(system.dataDir, 'mensageria.db')} could not be flushed to the disk: check it, then start again`,
  ])
  const second = await system.start()
  expect((await listed(second.url)).toSorted()).toEqual([before.id, ...workers.flat()].toSorted())
  await expectPromisesKept(system, second.url)
})

describe('row 42, c03: under a running process', () => {
  const moved = () => `${system.dataDir}.moved`
  afterEach(() => rm(moved(), { recursive: true, force: true }))

  test.each([
    ['its folder is renamed', () => rename(system.dataDir, moved())],
    ['its database is removed', () => rm(join(system.dataDir, 'mensageria.db'))],
    [
      'a copy takes its place',
      async () => {
        await rename(system.dataDir, moved())
        await cp(moved(), system.dataDir, { recursive: true })
      },
    ],
  ])('%s: not ready, nothing is answered 2xx, one line, exit 1', async (_name, happen) => {
    const { url, ended, ...mensageria } = await system.start()
    await system.client.register(url, sampleRegistration(1))
    await happen()
    const answers = await Promise.allSettled([
      system.client.post(url, sampleRegistration(2)),
      fetch(`${url}/health/ready`),
      fetch(`${url}/v1/distribution-centers`),
    ])
    for (const answer of answers)
      expect([503, undefined]).toContain(answer.status === 'fulfilled' ? answer.value.status : undefined)
    expect(await ended).toBe(1)
    expect(lastWords({ url, ended, ...mensageria })).toEqual([
      expect.stringContaining(
        'mensageria.db was removed, renamed or replaced while it was in use: bring it back, then start again',
      ),
    ])
  })

  test('nothing happens to what is in its place then, and it ends without any traffic', async () => {
    const first = await system.start()
    const center = await system.client.register(first.url, sampleRegistration(1))
    await rename(system.dataDir, moved())
    await mkdir(system.dataDir)
    expect(await first.ended).toBe(1)
    const second = await system.start()
    expect(await listed(second.url)).toEqual([])
    const old = await system.start({ DATA_DIR: moved() })
    expect(await listed(old.url)).toEqual([center.id])
  })
})
