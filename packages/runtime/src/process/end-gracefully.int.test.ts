import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../testing/graceful-process.ts', import.meta.url))

const start = async (mode: string) => {
  const child = spawn(process.execPath, [SCRIPT, mode], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: Record<string, unknown>[] = []
  const waiting = new Map<string, () => void>()
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const line: Record<string, unknown> = JSON.parse(part)
      lines.push(line)
      waiting.get(String(line['message']))?.()
    }
  })
  const seen = (message: string) =>
    new Promise<void>((resolve) => {
      waiting.set(message, resolve)
      if (lines.some((line) => line['message'] === message)) resolve()
    })
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, lines }))
  await seen('ready')
  return { child, seen, ended }
}

const messages = (lines: Record<string, unknown>[]) => lines.map((line) => line['message'])

describe('endGracefully', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s closes, then exits with 0', async (signal) => {
    const { child, ended } = await start('clean')
    child.kill(signal)
    const { code, lines } = await ended
    expect(messages(lines)).toEqual(['ready', 'process.closing', 'closed'])
    expect(code).toBe(0)
  })

  test('a second signal ends at once', async () => {
    const { child, seen, ended } = await start('hangs')
    child.kill('SIGTERM')
    await seen('process.closing')
    child.kill('SIGTERM')
    const { code, lines } = await ended
    expect(messages(lines)).toEqual(['ready', 'process.closing', 'process.second-signal'])
    expect(code).toBe(1)
  })

  test('a close that takes too long is ended with 1', async () => {
    const { child, ended } = await start('hangs-briefly')
    child.kill('SIGTERM')
    const { code, lines } = await ended
    expect(messages(lines)).toEqual(['ready', 'process.closing', 'process.close-timeout'])
    expect(code).toBe(1)
  })

  test('a close that fails is logged and ends with 1', async () => {
    const { child, ended } = await start('fails')
    child.kill('SIGTERM')
    const { code, lines } = await ended
    expect(lines.at(-1)).toMatchObject({ message: 'process.close-failed', stack_trace: expect.any(String) })
    expect(code).toBe(1)
  })

  test.each(['throws', 'rejects'])(
    'an uncaught error (%s) is logged, closes, and ends with 1',
    async (mode) => {
      const { ended } = await start(mode)
      const { code, lines } = await ended
      expect(messages(lines)).toEqual(['ready', 'process.uncaught', 'closed'])
      expect(lines[1]).toMatchObject({
        severity: 'CRITICAL',
        stack_trace: expect.stringContaining('a defect'),
      })
      expect(code).toBe(1)
    },
  )

  test('close ends the process without a signal', async () => {
    const { code } = await (await start('by-itself')).ended
    expect(code).toBe(0)
  })
})
