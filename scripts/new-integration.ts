// `npm run new:integration`: a folder and a row for a system with an API of its own. See --help.
import { displayNameOf, variablesOf } from '@mensageria/contracts'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  listFile,
  requireName,
  ROOT,
  runCommand,
  shownPath,
  sinceOf,
  sinceSentence,
  UsageError,
  writeRow,
} from './new/command.ts'
import { integrationFiles } from './new/integration-files.ts'

const HELP = `npm run new:integration -- NAME [--display-name=TEXT] [--since=TIME|all]

  NAME            3 to 25 lower-case letters, digits and hyphens: its folder, its row, its service
  --display-name  how people call it
  --since         it gets centers that are accepted from then on: now unless given; "all" for every center there is

It writes the folder services/NAME, which works as it is against the system that it simulates, and one row into the list of
integrations: terraform/integrations.auto.tfvars.json, or INTEGRATIONS_FILE. Then it installs the folder into the workspace.
  npm run new:integration -- erp --display-name=ERP`

const readArguments = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'display-name': { type: 'string' }, since: { type: 'string' } },
  })
  const [name, ...more] = positionals
  if (more.length > 0) throw new UsageError(`${JSON.stringify(more[0])} is too much`)
  return { name, displayName: values['display-name'], since: values.since }
}

const writeFiles = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

const run = (script: string, args: readonly string[]): boolean =>
  spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  }).status === 0

await runCommand(HELP, () => {
  const { name: said, displayName, since } = readArguments()
  const file = listFile()
  const name = requireName(said, file)
  const begins = sinceOf(since)
  const named = displayName === undefined ? {} : { display_name: displayName }
  const folder = join(ROOT, 'services', name)
  // Never into a folder that is there, also where two are started at once: only who has made it may remove it.
  mkdirSync(folder)
  try {
    writeFiles(folder, integrationFiles(name, displayNameOf(name, named)))
    writeRow(file, name, { ...named, ...begins })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  // What is installed already needs no network.
  if (!run('scripts/setup.mjs', ['--no-frozen-lockfile', '--prefer-offline']))
    throw new Error(
      `services/${name} and its row are written: npm run setup -- --no-frozen-lockfile installs it`,
    )
  const { url, token } = variablesOf(name)
  console.log(`services/${name} is an integration by code; its row is in ${shownPath(file)}.
${sinceSentence(begins)}

1. src/integration.ts: the call to the system, and what is a success. The only file that knows it.
2. src/simulated.ts: what the simulator answers in its place, for npm run demo, npm run dev and tests.
3. npm run test:unit -- services/${name}, then npm run check.
4. npm start: a simulator answers where nothing is configured; ${url} and ${token} make it real.`)
})
