// `npm run mutants`: puts defects into a copy of the core, one at a time, and shows what catches each. See docs/mutants.md.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { MUTANTS } from './mutants/mutant-list.ts'
import type { Mutant, Watch } from './mutants/mutant.ts'

const root = join(import.meta.dirname, '..')
const TABLE = join(root, 'docs/mutants.md')
const COPIED = ['packages', 'tests', 'scripts', 'terraform', 'jest.config.mjs', 'package.json']
// A mutant may also hang: then it is not caught by what it should be.
const TIMEOUT_MS = 120_000

const copy = mkdtempSync(join(tmpdir(), 'mensageria-mutants-'))
const say = (text: string) => process.stderr.write(`${text}\n`)

const run = (args: readonly string[]): Promise<{ ok: boolean; text: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: copy, timeout: TIMEOUT_MS }, (error, stdout) =>
      resolve({ ok: error === null, text: stdout }),
    )
  })

type JestResult = {
  testResults: { assertionResults: { status: string; fullName: string }[] }[]
}

const quoted = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** How the named test ended; `nothing` where no test of that name ran. */
const runTest = async (file: string, test: string): Promise<'passed' | 'failed' | 'nothing'> => {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--selectProjects', 'unit']
  await run([...jest, '--json', '--outputFile', report, '-t', quoted(test), '--runTestsByPath', file])
  if (!existsSync(report)) return 'nothing'
  const { testResults }: JestResult = JSON.parse(readFileSync(report, 'utf8'))
  const named = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName, status }) => fullName.includes(test) && status !== 'pending')
  if (named.length === 0) return 'nothing'
  return named.some(({ status }) => status === 'failed') ? 'failed' : 'passed'
}

const runSeed = async (seed: number): Promise<'passed' | 'failed' | 'nothing'> => {
  const { ok, text } = await run(['tests/simulation/simulate.ts', '--seed', String(seed)])
  if (!text.includes('"findings"')) return 'nothing'
  return ok ? 'passed' : 'failed'
}

const runWatch = (watch: Watch) => ('seed' in watch ? runSeed(watch.seed) : runTest(watch.file, watch.test))

const nameOf = (watch: Watch): string =>
  'seed' in watch ? `\`npm run simulate -- --seed ${watch.seed}\`` : `${basename(watch.file)}: ${watch.test}`

/** Whether what should catch the mutant passes without it and fails with it; otherwise what is wrong. */
const tryMutant = async ({ file, from, to, watch }: Mutant): Promise<string | undefined> => {
  const path = join(copy, file)
  const source = readFileSync(path, 'utf8')
  if (source.split(from).length !== 2) return `${file} does not have this text exactly once: ${from}`
  const before = await runWatch(watch)
  if (before !== 'passed') return `without the mutant: ${before}`
  writeFileSync(
    path,
    source.replace(from, () => to),
  )
  const after = await runWatch(watch)
  writeFileSync(path, source)
  return after === 'failed' ? undefined : `not caught: ${after}`
}

const HEAD = `# Mutants

Defects that were put into a copy of the core on purpose, and what catches each. \`npm run mutants\` does it again and writes
this table: a mutant counts as caught where the named test, or the seed of the simulation, passes without it and fails with it.

| # | mutant | file | caught by |
| - | ------ | ---- | --------- |
`

const faults: string[] = []
const rows: string[] = []
try {
  for (const name of COPIED) {
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => basename(source) !== 'dist',
    })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const [index, mutant] of MUTANTS.entries()) {
    const fault = await tryMutant(mutant)
    say(`${fault === undefined ? 'caught' : 'NOT CAUGHT'}: ${mutant.name}${fault ? ` (${fault})` : ''}`)
    if (fault !== undefined) faults.push(mutant.name)
    const cells = [index + 1, mutant.name, `\`${basename(mutant.file)}\``, fault ?? nameOf(mutant.watch)]
    rows.push(`| ${cells.join(' | ')} |\n`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
const table = `${HEAD}${rows.join('')}`
process.stdout.write(table)
if (faults.length > 0) process.exit(1)
writeFileSync(TABLE, table)
