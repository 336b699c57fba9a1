import type { Context, Io } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { textsOf } from '../language/language.ts'

export type TestIo = Io & {
  /** What was written so far. */
  said: { out: string[]; err: string[] }
}

/** Where a command reads and writes in a test: no terminal, and this text as its standard input; `told` hears each line of its errors. */
export const testIo = (stdin = '', told?: (line: string) => void): TestIo => {
  const said: TestIo['said'] = { out: [], err: [] }
  return {
    said,
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
    input: async function* () {
      yield Buffer.from(stdin)
    },
  }
}

/** The context of a command in a test, in English. */
export const testContext = ({ stdin }: { stdin?: string } = {}): Context => ({
  env: {},
  io: testIo(stdin),
  language: 'en',
  texts: textsOf('en'),
  signal: new AbortController().signal,
  exitCode: EXIT.ok,
})
