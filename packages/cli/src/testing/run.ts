import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { Env, Io } from '../context.ts'
import { runCli } from '../run-cli.ts'

/** What a command said, and its exit code. */
export type Ran = { code: number; out: string; err: string }

/** Runs a command in this process, in English and without a terminal; `told` hears each line of its error output. */
export const runHere = async (
  args: readonly string[],
  env: Env = {},
  { signal, told }: { signal?: AbortSignal; told?: (line: string) => void } = {},
): Promise<Ran> => {
  const said: { out: string[]; err: string[] } = { out: [], err: [] }
  const io: Io = {
    out: (text) => void said.out.push(text),
    err: (text) => {
      said.err.push(text)
      told?.(text)
    },
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 200,
    colors: false,
    ask: undefined,
    readInput: async () => '',
  }
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
