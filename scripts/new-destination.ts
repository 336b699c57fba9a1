// `npm run new:destination`: a row with a kind for an application that has a queue, a topic or an endpoint. See --help.
import { Destination, DestinationKind } from '@mensageria/contracts'
import { bindDestination } from '@mensageria/destinations'
import { ConfigError, createLogger } from '@mensageria/runtime'
import { parseArgs } from 'node:util'
import {
  listFile,
  requireName,
  runCommand,
  shownPath,
  sinceOf,
  sinceSentence,
  UsageError,
  writeRow,
} from './new/command.ts'
import { makeTarget } from './new/target.ts'

const HELP = `npm run new:destination -- NAME KIND [--target.FIELD=VALUE ...] [--display-name=TEXT] [--since=TIME|all]

  NAME            3 to 25 lower-case letters, digits and hyphens; the variables of its secrets begin with it
  KIND            ${DestinationKind.options.join(', ')}
  --target.FIELD  where it is; an example stands for what is left out. A list is written with commas
  --display-name  how people call it
  --since         it gets centers that are accepted from then on: now unless given; "all" for every center there is

It writes one row into the list of integrations: terraform/integrations.auto.tfvars.json, or INTEGRATIONS_FILE.
  npm run new:destination -- erp rabbitmq --target.url=amqps://rabbit.example/sales --target.exchange=centers`

// The options are not known before the kind is: what is no field of its target is refused by the schema.
const readArguments = () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, strict: false })
  const typed: Record<string, string> = {}
  const rest: Record<string, string> = {}
  for (const [option, value] of Object.entries(values)) {
    if (typeof value !== 'string') throw new UsageError(`--${option} needs a value: --${option}=...`)
    if (option.startsWith('target.')) typed[option.slice('target.'.length)] = value
    else if (['display-name', 'since'].includes(option)) rest[option] = value
    else throw new UsageError(`There is no option --${option}`)
  }
  const [name, kind, ...more] = positionals
  if (more.length > 0) throw new UsageError(`${JSON.stringify(more[0])} is too much`)
  const parsed = DestinationKind.safeParse(kind)
  if (!parsed.success)
    throw new UsageError(
      `${kind === undefined ? 'A kind is missing' : `${JSON.stringify(kind)} is no kind`}: one of ${DestinationKind.options.join(', ')}`,
    )
  return { name, kind: parsed.data, typed, displayName: rest['display-name'], since: rest['since'] }
}

/** What this destination still needs of the environment, in the words of the process that will read it. */
const missingOf = async (
  name: string,
  row: { kind: DestinationKind; target: object },
): Promise<string | undefined> => {
  try {
    const options = {
      connectionsMax: 1,
      env: process.env,
      logger: createLogger({ level: 'silent', service: 'new' }),
    }
    const bound = await bindDestination(name, Destination.parse(row), options)
    await bound.close()
    return undefined
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message.replace(/^The configuration is not valid:\n/, '').trim()
    throw error
  }
}

await runCommand(HELP, async () => {
  const { name: said, kind, typed, displayName, since } = readArguments()
  const file = listFile()
  const name = requireName(said, file)
  const made = makeTarget(kind, typed)
  if (!made.ok) throw new UsageError(made.faults.join('\n'))
  const { target, examples } = made
  const begins = sinceOf(since)
  writeRow(file, name, {
    ...(displayName === undefined ? {} : { display_name: displayName }),
    kind,
    target,
    ...begins,
  })
  const missing = await missingOf(name, { kind, target })
  const steps = [
    ...(examples.length === 0
      ? []
      : [
          `${examples.map((field) => `target.${field}`).join(', ')} in ${shownPath(file)}: an example stands there, put in yours.`,
        ]),
    ...(missing === undefined ? [] : [`In the environment, for no secret is in the list: ${missing}`]),
    'SIMULATE=1 npm start: simulators answer for the integrations by code; this destination is real.',
    `npx mensageria integrations: how ${name} is, and why what does not arrive does not.`,
  ]
  console.log(`${name} is a ${kind} destination in ${shownPath(file)}.\n${sinceSentence(begins)}\n`)
  console.log(steps.map((step, index) => `${index + 1}. ${step}`).join('\n'))
  console.log(`\nWhat its consumer gets: packages/destinations/src/${kind}/README.md`)
})
