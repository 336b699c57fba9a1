import yargs from 'yargs'
import { checkEnvironment } from './check-environment.ts'
import { CliError } from './cli-error.ts'
import { addAudit } from './commands/audit.ts'
import { addCenters } from './commands/centers.ts'
import { addDeliveries } from './commands/deliveries.ts'
import { addImport } from './commands/import.ts'
import { addIntegrations } from './commands/integrations.ts'
import { addDoctor } from './commands/doctor.ts'
import { addPause, addResume } from './commands/pause.ts'
import { addRedrive } from './commands/redrive.ts'
import { addRedrives } from './commands/redrives.ts'
import { addRegister } from './commands/register.ts'
import { addStory } from './commands/story.ts'
import { addUnreadable } from './commands/unreadable.ts'
import { addUpdate } from './commands/update.ts'
import { addWatch } from './commands/watch.ts'
import type { Context, Env, Io } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { explainError } from './explain-error.ts'
import { globalOptions } from './global-options.ts'
import { pickLanguage, textsOf } from './language/language.ts'
import { commandName, withCommand } from './language/with-command.ts'
import { giveBack, markDashes } from './stdin-argument.ts'

const COMMANDS = [
  addRegister,
  addUpdate,
  addImport,
  addCenters,
  addDeliveries,
  addStory,
  addIntegrations,
  addWatch,
  addRedrive,
  addRedrives,
  addPause,
  addResume,
  addAudit,
  addUnreadable,
  addDoctor,
]

const WIDTH_MAX = 120

const NAMES = new Set(Object.keys(textsOf('en').commands))

/** Runs one command and resolves with its exit code; whatever goes wrong is said in a sentence. */
export const runCli = async (
  argv: readonly string[],
  env: Env,
  io: Io,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> => {
  const language = pickLanguage(argv, env)
  const command = commandName(env)
  const texts = withCommand(textsOf(language), command)
  const context: Context = { env, io, language, texts, signal, exitCode: EXIT.ok }
  // The help of one command has an example with what it asks for.
  const helped = NAMES.has(argv[0] ?? '') ? `${argv[0]} ` : ''
  const cli = globalOptions(giveBack(yargs(markDashes(argv))), context)
    .scriptName(command)
    .usage(`$0 <command>\n\n${texts.usage}`)
    .locale(language === 'en' ? 'en' : 'pt_BR')
    .wrap(Math.min(io.columns, WIDTH_MAX))
    .completion('completion', texts.commands.completion)
    .demandCommand(1)
    .strict()
    // A flag is one value, and the last one goes: an alias may have set it before. Lists are told by their own options.
    .parserConfiguration({ 'duplicate-arguments-array': false, 'dot-notation': false })
    .recommendCommands()
    .epilogue(texts.epilogue)
    .middleware((args) => {
      if (args['help'] !== true) checkEnvironment(context)
    })
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? new CliError(EXIT.usage, texts.errors.usage(message ?? '', helped))
    })
  for (const add of COMMANDS) add(cli, context)
  try {
    await cli.parseAsync()
    return context.exitCode
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted
    const { message, exitCode } = explainError(error, texts)
    io.err(message)
    return exitCode
  }
}
