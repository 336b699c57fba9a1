import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@mensageria/testkit/free-port'
import { ROOT } from '@mensageria/testkit/ready-process'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createClient } from '../support/client.ts'

const started: ChildProcess[] = []
let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mensageria-log-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

const start = (command: string, env: Record<string, string>) => {
  const child = spawn('sh', ['-c', `mkfifo "$DATA_DIR/pipe"; exec 3<>"$DATA_DIR/pipe"; ${command}`], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', NODE: process.execPath, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  started.push(child)
  return { child, ended: once(child, 'exit').then(([code]: unknown[]) => code) }
}

// A pipe holds 64 KiB; `dd` fills it without waiting, and nobody ever reads it.
const FILLED = 'dd if=/dev/zero of="$DATA_DIR/pipe" bs=4096 count=32 oflag=nonblock 2>/dev/null;'

test('row 44: with a log that nobody reads the service takes requests, is alive, and ends with 0', async () => {
  const port = await freePort()
  const command = `${FILLED} exec "$NODE" services/standalone/src/main.ts >&3 2>&3`
  const { child, ended } = start(command, { PORT: String(port), LOG_LEVEL: 'trace' })
  const url = `http://127.0.0.1:${port}`
  await waitFor('alive', async () => (await fetch(`${url}/health/live`)).ok)
  await Promise.all(
    Array.from({ length: 50 }, (_one, n) => createClient().register(url, sampleRegistration(n + 1))),
  )
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test.each([
  'services/standalone/src/main.ts',
  'services/sweeper/src/main.ts',
  'services/senninha/src/main.ts',
  'packages/simulator/src/main.ts',
])('row 44: %s that cannot start ends with 1 though nobody takes its reason', async (main) => {
  const { ended } = start(`${FILLED} exec "$NODE" ${main} >&3 2>&3`, { PORT: 'none' })
  expect(await ended).toBe(1)
})
