import { setTimeout as sleep } from 'node:timers/promises'
import { UnreachableError } from '@mensageria/client'
import type { Argv } from 'yargs'
import { CliError } from '../cli-error.ts'
import type { Context, GlobalArgs, GlobalOptions } from '../context.ts'
import { followEvents } from '../watch/follow-events.ts'
import { readTable } from '../watch/read-table.ts'

// Drawn at most twice a second, and every five seconds where nothing is heard: a proxy may hold the stream back.
const DRAW_MS = 500
const POLL_MS = 5_000

const CLEAR = '\u{1b}[H\u{1b}[J'

const isPassing = (error: unknown): boolean =>
  error instanceof UnreachableError || (error instanceof CliError && error.passing)

const drawUntilEnd = async (
  args: GlobalArgs,
  context: Context,
  screen: { first: string; quiet(): string | undefined; change(): Promise<void> },
  signal: AbortSignal,
): Promise<void> => {
  const { io, texts } = context
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined)
  let shown = screen.first
  while (!signal.aborted) {
    const notes = [screen.quiet(), texts.watch.end].filter((note) => note !== undefined)
    io.out(`${CLEAR}${[shown, ...notes].join('\n\n')}`)
    await Promise.race([pause(POLL_MS), screen.change()])
    await pause(DRAW_MS)
    if (signal.aborted) return
    shown = await readTable(args, context).catch((error: unknown) => {
      // The last one stays: why nothing is heard stands below it.
      if (signal.aborted || isPassing(error)) return shown
      throw error
    })
  }
}

// What nobody reads any more is over.
const untilOutEnds = (context: Context): Context => {
  const { signal, io } = context
  return io.outEnded ? { ...context, signal: AbortSignal.any([signal, io.outEnded]) } : context
}

const run = async (args: GlobalArgs, given: Context): Promise<void> => {
  const context = untilOutEnds(given)
  const { io, signal, texts } = context
  const isLive = io.outIsTerminal && !args.json
  let change = Promise.withResolvers<void>()
  let quiet: string | undefined
  const told = (): void => {
    change.resolve()
    change = Promise.withResolvers<void>()
  }
  // The first table says what is wrong, where something is.
  const first = await readTable(args, context)
  const ending = new AbortController()
  const following = followEvents(args, context, {
    hear: (event, data) => {
      if (!isLive) io.out(JSON.stringify({ event, data: JSON.parse(data) }))
      told()
    },
    onQuiet: (reason) => {
      if (!isLive && reason !== undefined) io.err(reason)
      if (!isLive && reason === undefined && quiet !== undefined) io.err(texts.watch.liveAgain)
      quiet = reason
      told()
    },
  }).finally(() => ending.abort())
  if (isLive) {
    const screen = { first, quiet: () => quiet, change: () => change.promise }
    await Promise.all([
      following,
      drawUntilEnd(args, context, screen, AbortSignal.any([signal, ending.signal])),
    ])
  }
  await following
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
