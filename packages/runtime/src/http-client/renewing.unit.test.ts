import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testCertificate } from '@mensageria/testkit/certificate'
import { Agent } from 'undici'
import type { TlsMaterial } from '../tls/tls-files.ts'
import { renewing } from './renewing.ts'

const folder = mkdtempSync(join(tmpdir(), 'renewing-'))
afterAll(() => rmSync(folder, { recursive: true }))

const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
const put = (path: string, text: string) => {
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

const open = () => {
  put(files.cert, testCertificate.cert)
  put(files.key, testCertificate.key)
  const clock = { now: 0 }
  const opened: TlsMaterial[] = []
  const warnings: unknown[] = []
  const agents: Agent[] = []
  const connections = renewing(
    { own: files },
    (material) => {
      opened.push(material)
      const agent = new Agent()
      agents.push(agent)
      return agent
    },
    { warn: (fields: unknown) => void warnings.push(fields) },
    () => clock.now,
  )
  return { connections, clock, opened, agents, warnings }
}

test('files that changed open new connections within a second, and the older ones end in peace', async () => {
  const { connections, clock, opened, agents } = open()
  const first = connections.current()
  put(files.cert, `${testCertificate.cert}\n`)
  clock.now = 999
  expect(connections.current()).toBe(first)
  clock.now = 1_000
  expect(connections.current()).not.toBe(first)
  expect(opened.map(({ cert }) => cert)).toEqual([testCertificate.cert, `${testCertificate.cert}\n`])
  expect(agents.map(({ closed }) => closed)).toEqual([true, false])
  clock.now = 5_000
  connections.current()
  expect(opened).toHaveLength(2)
  await connections.close()
})

test.each([
  ['one of them is half written', () => put(files.key, testCertificate.key.slice(0, 90))],
  ['one of them is missing', () => rmSync(files.key)],
])('while %s, the older connections go on, and somebody is told', async (_what, damage) => {
  const { connections, clock, opened, warnings } = open()
  const first = connections.current()
  damage()
  clock.now = 1_000
  expect(connections.current()).toBe(first)
  expect(warnings).toHaveLength(1)
  put(files.key, testCertificate.key)
  clock.now = 2_000
  expect(connections.current()).not.toBe(first)
  expect(opened).toHaveLength(2)
  await connections.close()
})
