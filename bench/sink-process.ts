import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { SinkCommand, SinkMode, SinkReport } from './sinks.ts'

/** The sinks in a process of their own. */
export const startSinks = async () => {
  const child = fork(join(import.meta.dirname, 'sinks.ts'), { stdio: 'inherit' })
  const [ready]: { port: number }[] = await once(child, 'message')
  const ask = async (command: SinkCommand): Promise<SinkReport> => {
    const answer = once(child, 'message')
    child.send(command)
    const [report]: SinkReport[] = await answer
    if (!report) throw new Error('The sinks did not answer')
    return report
  }
  return {
    url: `http://127.0.0.1:${ready?.port}`,
    count: () => ask({ ask: 'count' }),
    report: () => ask({ ask: 'report' }),
    setDown: (down: string[]) => ask({ mode: { down } }),
    setMode: (mode: SinkMode) => ask({ mode }),
    close: () => child.disconnect(),
  }
}

export type Sinks = Awaited<ReturnType<typeof startSinks>>
