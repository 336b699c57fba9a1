import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { serve } from '../testing/run.ts'

const BIN = fileURLToPath(new URL('../../bin/mensageria.mjs', import.meta.url))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const start = (args: readonly string[], stdout: 'pipe' | number = 'pipe') => {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { LANG: 'C' },
    stdio: ['ignore', stdout, 'pipe'],
  })
  children.push(child)
  const err = child.stderr ? text(child.stderr) : Promise.resolve('')
  const ended = once(child, 'exit').then(async ([code]: unknown[]) => ({ code, err: await err }))
  return { child, ended }
}

test.each([
  ['with its own 0', ['--help'], 0],
  ['with its own 2', ['nonsense'], 2],
])('row 44: a command whose output nobody reads ends quietly, %s', async (_what, args, code) => {
  const { child, ended } = start(args)
  child.stdout?.destroy()
  const { code: exitCode, err } = await ended
  expect(exitCode).toBe(code)
  expect(err).not.toMatch(/EPIPE|at .*node:/)
})

test('row 44: watch ends with 0 once its reader is gone', async () => {
  const deliveries = { waiting: 0, delivering: 0, retrying: 0, rejected: 0, parked: 0, delivered: 0 }
  await using service = await serve((request, response) => {
    if (request.url !== '/v1/events') {
      response.end(JSON.stringify({ accepted: 0, deliveries, items: [] }))
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const events = setInterval(() => response.write('event: delivery\ndata: {"n":1}\n\n'), 20)
    response.once('close', () => clearInterval(events))
  })
  const { child, ended } = start(['watch', '--json', '--url', service.url])
  child.stdout?.once('data', () => child.stdout?.destroy())
  expect(await ended).toEqual({ code: 0, err: '' })
})

test('row 44: output that a full disk refuses is no success', async () => {
  const full = openSync('/dev/full', 'w')
  const { ended } = start(['--help'], full)
  closeSync(full)
  const { code, err } = await ended
  expect(code).toBe(2)
  expect(err).toContain('ENOSPC')
})
