import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as pass } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../testing/noisy-process.ts', import.meta.url))

// More than a pipe, a socket and the buffer hold together: about 180 bytes a line.
const MANY = 12_000

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const start = (args: readonly string[], stdio: StdioOptions) => {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio })
  children.push(child)
  let said = ''
  const logged = new Promise<void>((resolve) =>
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('logged\n')) resolve()
    }),
  )
  const ended = once(child, 'close').then(([code]: unknown[]) => code)
  return { child, logged, ended, lostAtEnd: () => Number(/: (\d+) lines are lost/.exec(said)?.[1] ?? 0) }
}

type Line = { message: string; n?: number; lines?: number }

const parse = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line))

const numbersOf = (lines: readonly Line[]) => lines.flatMap(({ n }) => (n === undefined ? [] : [n]))

test('row 44: nobody reads stdout: the process goes on, ends with 0 at SIGTERM, and tells on stderr how many lines are lost', async () => {
  const { child, logged, ended, lostAtEnd } = start([`${MANY}`], ['ignore', 'pipe', 'pipe'])
  await logged
  child.kill('SIGTERM')
  child.stdout?.pause()
  await once(child, 'exit')
  child.stdout?.resume()
  expect(await ended).toBe(0)
  expect(lostAtEnd()).toBeGreaterThan(0)
})

test('row 44: a reader that comes late gets every kept line in order, and one line with the number of the others', async () => {
  const { child, logged, ended, lostAtEnd } = start([`${MANY}`], ['ignore', 'pipe', 'pipe'])
  await logged
  let text = ''
  const told = new Promise<void>((resolve) =>
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('log.lines-lost')) resolve()
    }),
  )
  await told
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  const lines = parse(text)
  const numbers = numbersOf(lines)
  expect(numbers).toEqual(Array.from(numbers, (_one, index) => index))
  const lost = lines.filter(({ message }) => message === 'log.lines-lost')
  expect(lost.map((line) => line.lines)).toEqual([MANY - numbers.length])
  expect(lines.at(-1)).toMatchObject({ message: 'process.closing' })
  expect(lostAtEnd()).toBe(0)
})

test('row 44: lines of a process that exits come out complete and in order for a slow reader, with its own exit code', async () => {
  const { child, ended } = start(['3000', 'exits'], ['ignore', 'pipe', 'pipe'])
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk)
    await pass(5)
  }
  expect(await ended).toBe(3)
  expect(numbersOf(parse(text))).toEqual(Array.from({ length: 3000 }, (_one, index) => index))
})

test('row 44: a full disk behind stdout ends nothing and is told', async () => {
  const full = openSync('/dev/full', 'w')
  const { child, logged, ended, lostAtEnd } = start(['10'], ['ignore', full, 'pipe'])
  closeSync(full)
  await logged
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  // With the line of the end itself.
  expect(lostAtEnd()).toBe(11)
})

test('row 44: a closed pipe ends nothing and is told', async () => {
  const { child, logged, ended, lostAtEnd } = start([`${MANY}`], ['ignore', 'pipe', 'pipe'])
  child.stdout?.destroy()
  await logged
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(lostAtEnd()).toBeGreaterThan(0)
})
