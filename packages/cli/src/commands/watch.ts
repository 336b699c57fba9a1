import { setTimeout as sleep } from 'node:timers/promises'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { STATE_WORDS } from '@mensageria/contracts/words'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, headersOf, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { wordOf } from '../language/word-of.ts'
import { formatNumber } from '../screen/format.ts'
import { renderTable } from '../screen/table.ts'
import { integrationRow } from './integrations.ts'

// Drawn at most twice a second, and every five seconds where nothing is heard: a proxy may hold the stream back.
const DRAW_MS = 500
const POLL_MS = 5_000
const AGAIN_MS = 2_000

const MOST_FIRST = ['delivered', 'waiting', 'delivering', 'retrying', 'parked', 'rejected'] as const

const CLEAR = '\u{1b}[H\u{1b}[J'

/** Calls `hear` with each event of the service; resolves when the stream ends, and rejects where there is none. */
const listen = async (
  args: GlobalArgs,
  context: Context,
  hear: (event: string, data: string) => void,
): Promise<void> => {
  const response = await fetch(`${args.consoleUrl ?? args.url}/v1/events`, {
    headers: await headersOf(args, context),
    signal: context.signal,
  })
  if (!response.ok || !response.body) throw new Error(`Answered ${response.status}`)
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { event = '', data } of events) hear(event, data)
}

// Ends early with Ctrl-C, and leaves nothing on the signal, which lives as long as the command.
const pause = (ms: number, { signal }: Context): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined)

const tableOf = async (args: GlobalArgs, context: Context): Promise<string> => {
  const { operations } = connect(args, context)
  const { texts, language } = context
  const [summary, integrations] = await Promise.all([
    operations.GET('/v1/summary'),
    operations.GET('/v1/integrations'),
  ])
  const { accepted, deliveries } = dataOf(summary, texts)
  const rows = dataOf(integrations, texts).items.map((one) => integrationRow(one, context))
  const counts = MOST_FIRST.filter((state) => deliveries[state] > 0).map(
    (state) =>
      `${formatNumber(deliveries[state], language)} ${wordOf(STATE_WORDS[state], language, deliveries[state])}`,
  )
  const head = texts.watch.head(formatNumber(accepted, language), counts.join(', '))
  return `${head}\n\n${renderTable(texts.heads.integrations, rows)}\n\n${texts.watch.end}`
}

// Listens again and again; what is drawn does not depend on it.
const keepListening = async (
  args: GlobalArgs,
  context: Context,
  hear: (event: string, data: string) => void,
): Promise<void> => {
  while (!context.signal.aborted) {
    await listen(args, context, hear).catch(() => undefined)
    await pause(AGAIN_MS, context)
  }
}

const run = async (args: GlobalArgs, context: Context): Promise<void> => {
  const { io, signal } = context
  let wake: (() => void) | undefined
  const isLive = io.outIsTerminal && !args.json
  const hear = (event: string, data: string): void => {
    if (!isLive) io.out(JSON.stringify({ event, data: JSON.parse(data) }))
    wake?.()
  }
  // The first table says what is wrong, where something is.
  let shown = await tableOf(args, context)
  const heard = keepListening(args, context, hear)
  while (!signal.aborted) {
    if (isLive) io.out(`${CLEAR}${shown}`)
    const { promise: heardOne, resolve } = Promise.withResolvers<void>()
    wake = resolve
    await Promise.race([pause(POLL_MS, context), heardOne])
    await pause(DRAW_MS, context)
    if (isLive && !signal.aborted) {
      shown = await tableOf(args, context).catch((error: unknown) => {
        if (signal.aborted) return shown
        throw error
      })
    }
  }
  await heard
}

/** `mensageria watch` */
export const addWatch = (cli: Argv<GlobalOptions>, context: Context): void => {
  cli.command(
    'watch',
    context.texts.commands.watch,
    (command) => command.example('$0 watch', '').example('$0 watch --json | jq .', ''),
    (args) => run(args, context),
  )
}
