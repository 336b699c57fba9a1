import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { variablesOf } from '@mensageria/contracts'
import { listedSystems } from './listed.ts'

const NAMES = listedSystems()
const [FIRST = ''] = NAMES
const TOKENS = Object.fromEntries(NAMES.map((name) => [variablesOf(name).token, `token-of-${name}`]))

const start = (env: Record<string, string>) =>
  spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const firstChunk = (stream: Readable): Promise<string> =>
  new Promise((resolve) => stream.once('data', (chunk: Buffer) => resolve(chunk.toString())))

const exitOf = (child: ChildProcess): Promise<unknown[]> => once(child, 'exit')

describe('the simulator as a process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'says where it is, answers, and ends on %s with exit 0',
    async (signal) => {
      const child = start({ PORT: '0', ...TOKENS })
      try {
        const line = await firstChunk(child.stdout)
        const url = /^Simulator ready at (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line)?.[1]
        expect(url).toBeDefined()
        const ask = async (token: string) =>
          (await fetch(`${url}/${FIRST}/nothing`, { headers: { authorization: `Bearer ${token}` } })).status
        expect([await ask(`token-of-${FIRST}`), await ask('another')]).toEqual([404, 401])
        child.kill(signal)
        expect(await exitOf(child)).toEqual([0, null])
      } finally {
        child.kill('SIGKILL')
      }
    },
  )

  test('without a token it does not start, and names the variable', async () => {
    const variable = variablesOf(FIRST).token
    const child = start({ PORT: '0', ...TOKENS, [variable]: '' })
    const [text, exit] = await Promise.all([firstChunk(child.stderr), exitOf(child)])
    expect(exit).toEqual([1, null])
    expect(text).toContain(variable)
  })
})
