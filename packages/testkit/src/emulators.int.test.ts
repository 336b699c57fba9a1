import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulator } from './start-emulator.ts'
import { waitFor } from './wait-for.ts'

// Stands for gcloud: a process that starts the emulator as its child, and says which ids they have.
const FAKE = `
  import { spawn } from 'node:child_process'
  import { writeFileSync } from 'node:fs'
  const port = process.argv.at(-1).split(':').at(-1)
  const child = spawn(process.execPath, ['-e', \`
    require('node:http').createServer((_, response) => response.end('Ok')).listen(\${port}, '127.0.0.1')\`])
  writeFileSync(process.argv[2], [process.pid, child.pid].join(' '))`

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mensageria-emulators-'))
  await writeFile(join(dir, 'fake.mjs'), FAKE)
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const command = () => [process.execPath, join(dir, 'fake.mjs'), join(dir, 'pids')]
const pidsOf = async () => (await readFile(join(dir, 'pids'), 'utf8')).split(' ').map(Number)

// A zombie still has an id; it does not run.
const runs = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ' Z ')
  return !/ [ZX] /.test(stat)
}
const allEnd = (pids: readonly number[]) =>
  waitFor('the end of every process', () => Promise.all(pids.map(runs)), {
    timeoutMs: 20_000,
    until: (running) => !running.includes(true),
  })

test('an emulator answers when it is started, and its child ends with it', async () => {
  const emulator = await startEmulator(command())
  expect(await (await fetch(`http://${emulator.host}/`)).text()).toBe('Ok')
  const pids = await pidsOf()
  expect(await Promise.all(pids.map(runs))).toEqual([true, true])
  await emulator.stop()
  await allEnd(pids)
})

test('an emulator ends also when the test run is killed', async () => {
  const entry = JSON.stringify(new URL('./start-emulator.ts', import.meta.url).href)
  const script = `
    const { startEmulator } = await import(${entry})
    await startEmulator(${JSON.stringify(command())})
    console.log('ready')`
  const run = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(run.stdout, 'data')
  const pids = await pidsOf()
  run.kill('SIGKILL')
  await allEnd(pids)
})

test('a port that somebody else took meanwhile is exchanged for another', async () => {
  const flag = join(dir, 'tried')
  await writeFile(
    join(dir, 'late.sh'),
    `[ -e ${flag} ] && exec "$@"; touch ${flag}; echo "java.net.BindException: Address already in use"; exit 1`,
  )
  const emulator = await startEmulator(['sh', join(dir, 'late.sh'), ...command()])
  expect((await fetch(`http://${emulator.host}/`)).status).toBe(200)
  await emulator.stop()
})

test.each([
  ['is not there', ['no-such-gcloud']],
  ['ends at once', ['false']],
])('a program that %s is an error that says how to get the emulators', async (_, missing) => {
  const starting = startEmulator(missing)
  await expect(starting).rejects.toThrow(
    /gcloud components install .*google-cloud-cli:emulators.*firebase-tools/s,
  )
})
