import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listedSystems, startListedSimulator } from './listed.ts'
import { loadSystems } from './load-systems.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mensageria-listed-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('every integration by code of the list is played from its own folder, each with its own variables', async () => {
  const simulator = await startListedSimulator()
  try {
    expect(simulator.names).toEqual(listedSystems())
    expect(Object.keys(simulator.env)).toHaveLength(2 * simulator.names.length)
    expect(() => simulator.urlOf('nobody')).toThrow('The simulator does not play nobody')
  } finally {
    await simulator.close()
  }
})

test('another list says other systems, and a destination is none', async () => {
  const file = join(folder, 'list.json')
  const portal = { kind: 'webhook', target: { url: 'https://portal.example/hooks' } }
  await writeFile(file, JSON.stringify({ integrations: { erp: {}, portal } }))
  expect(listedSystems({ INTEGRATIONS_FILE: file })).toEqual(['erp'])
})

test.each(['nobody', 'registration'])(
  '%s, whose folder does not say what it answers, is told with the file',
  async (name) => {
    await expect(loadSystems([name])).rejects.toThrow(
      `There is no services/${name}/src/simulated.ts, so no simulator can answer for ${name}`,
    )
  },
)
