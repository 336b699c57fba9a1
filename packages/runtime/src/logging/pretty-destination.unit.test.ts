import { createLogger } from './logger.ts'
import type { LogOutput } from './log-output.ts'
import { createPrettyDestination } from './pretty-destination.ts'

test('row 44: the log for people loses and tells lines as the other does', async () => {
  const lines: string[] = []
  let tell: ((count: number) => void) | undefined
  const output: LogOutput = { write: (line) => void lines.push(line), onLost: (how) => void (tell = how) }
  const destination = await createPrettyDestination(output)
  const logger = createLogger({ level: 'fatal', service: 'test', destination })
  logger.fatal('one')
  tell?.(3)
  expect(lines).toEqual([
    expect.stringMatching(/CRITICAL.*: one\n$/),
    expect.stringMatching(/WARNING.*: log\.lines-lost \{"lines":3\}\n$/),
  ])
})
