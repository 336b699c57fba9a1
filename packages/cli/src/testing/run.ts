import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { Env } from '../context.ts'
import { runCli } from '../run-cli.ts'
import { testIo } from './test-context.ts'

/** What a command said, and its exit code. */
export type Ran = { code: number; out: string; err: string }

/** Runs a command in this process, in English and without a terminal; `told` hears each line of its error output. */
export const runHere = async (
  args: readonly string[],
  env: Env = {},
  { signal, told, stdin }: { signal?: AbortSignal; told?: (line: string) => void; stdin?: string } = {},
): Promise<Ran> => {
  const { said, ...io } = testIo(stdin, told)
  const code = await runCli(args, { LANG: 'C', ...env }, io, signal)
  return { code, out: said.out.join('\n'), err: said.err.join('\n') }
}

/** A server that stands in for the service, or for what stands before it. */
export const serve = async (listener: RequestListener) => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('Listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
