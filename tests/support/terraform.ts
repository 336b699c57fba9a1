import { execFile } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listedSystems } from '@mensageria/simulator/listed'
import { HOW_TO_GET } from '@mensageria/testkit/how-to-get'
import { terraformEnvironment } from '@mensageria/testkit/parts'
import { ROOT } from '@mensageria/testkit/ready-process'
import { z } from 'zod'

export { ROOT }

const servicesWith = (file: string): string[] =>
  globSync(`services/*/src/${file}`, { cwd: ROOT }).map((found) => found.split('/')[1] ?? '')

/** The services that can be deployed: each with a main, but for the one that is all of them in one process. */
export const DEPLOYED: readonly string[] = servicesWith('main.ts')
  .filter((name) => name !== 'standalone')
  .toSorted()

/** The images that are built: one for each of them, and one for all integrations by code. */
export const IMAGES: readonly string[] = [
  ...DEPLOYED.filter((name) => !servicesWith('integration.ts').includes(name)),
  'integration',
].toSorted()

/** The rows that the plans of `terraform test` have, whatever is in the repository's own list today. */
export const PLANNED: readonly string[] = [
  ...readFileSync(join(ROOT, 'terraform/tests/environment.auto.tfvars'), 'utf8').matchAll(
    /^ +([a-z-]+) += \{\}$/gm,
  ),
].map(([, name = '']) => name)

/** How a command ended. */
export type Ended = { code: number; output: string }

const OUTPUT_BYTES_MAX = 512 * 1024 * 1024

/** Runs Terraform, for at most `timeoutMs`. Throws where it is not installed; a failure of its own is in `code`. */
export const runTerraform = (cwd: string, args: readonly string[], timeoutMs: number): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const options = { cwd, env: terraformEnvironment(), timeout: timeoutMs, maxBuffer: OUTPUT_BYTES_MAX }
    execFile('terraform', args, options, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT')
        return reject(new Error(`Terraform is not on PATH: ${HOW_TO_GET.terraform}.`))
      if (error?.killed) return reject(new Error(`terraform ${args[0]} took longer than ${timeoutMs} ms`))
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, output: stdout + stderr })
    })
  })

/** A copy of the configuration that is ready to be validated and tested. */
export type Configuration = { dir: string; remove(): Promise<void> }

/**
 * Copies terraform/ of a work tree and what it reads beside it into a folder of its own, and initializes it there: the work tree gets no
 * provider, and no lock file of whatever provider this machine has. Leaves nothing behind where that fails.
 */
export const prepareConfiguration = async (root = ROOT): Promise<Configuration> => {
  const folder = mkdtempSync(join(tmpdir(), 'mensageria-terraform-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  const dir = join(folder, 'terraform')
  try {
    cpSync(join(root, 'terraform'), dir, {
      recursive: true,
      filter: (source) => !source.includes('/.terraform'),
    })
    const indexes = 'packages/google-cloud/firestore.indexes.json'
    cpSync(join(root, indexes), join(folder, indexes))
    const ended = await runTerraform(dir, ['init', '-backend=false', '-input=false', '-no-color'], 120_000)
    if (ended.code !== 0) throw new Error(ended.output)
    return { dir, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

const Resource = z.looseObject({
  address: z.string(),
  type: z.string(),
  values: z.record(z.string(), z.unknown()),
})
export type Resource = z.output<typeof Resource>

const Module = z.object({
  resources: z.array(Resource).default([]),
  get child_modules() {
    return z.array(Module).default([])
  },
})

const Change = z.looseObject({
  address: z.string(),
  change: z.looseObject({ actions: z.array(z.string()) }),
})

const Line = z.looseObject({
  type: z.string(),
  '@testrun': z.string().optional(),
  '@message': z.string().optional(),
  diagnostic: z.looseObject({ summary: z.string(), detail: z.string().optional() }).optional(),
  test_run: z.looseObject({ path: z.string(), run: z.string(), status: z.string().optional() }).optional(),
  test_state: z
    .object({ root_module: Module, outputs: z.record(z.string(), z.looseObject({ value: z.unknown() })) })
    .optional(),
  test_plan: z
    .object({
      resource_changes: z.array(Change).default([]),
      output_changes: z.record(z.string(), z.looseObject({ after: z.unknown().optional() })).default({}),
    })
    .optional(),
})
type Line = z.output<typeof Line>

const allOf = (module: z.output<typeof Module>): Resource[] => [
  ...module.resources,
  ...module.child_modules.flatMap(allOf),
]

/** What `terraform test` found: how each run ended, and what was planned or applied in it. */
export type TestReport = {
  statuses: Map<string, string>
  faults: string[]
  resources: (run: string) => Resource[]
  outputs: (run: string) => Record<string, unknown>
  /** Addresses of a plan by what happens to them; what stays as it is is not in here. */
  changes: (run: string) => Record<string, string[]>
  plannedOutputs: (run: string) => Record<string, unknown>
}

const toReport = (lines: readonly Line[]): TestReport => {
  const find = <Key extends 'test_state' | 'test_plan'>(run: string, key: Key): NonNullable<Line[Key]> => {
    const found = lines.find((line) => line['@testrun'] === run && line[key] !== undefined)?.[key]
    if (found === undefined || found === null) throw new Error(`terraform test has no ${key} of ${run}`)
    return found
  }
  return {
    statuses: new Map(
      lines.flatMap(({ test_run: one }) => (one?.status ? [[`${one.path} ${one.run}`, one.status]] : [])),
    ),
    faults: lines.flatMap(({ diagnostic, ...line }) =>
      diagnostic ? [`${line['@testrun'] ?? ''}: ${diagnostic.summary} ${diagnostic.detail ?? ''}`] : [],
    ),
    resources: (run) => allOf(find(run, 'test_state').root_module),
    outputs: (run) =>
      Object.fromEntries(
        Object.entries(find(run, 'test_state').outputs).map(([name, { value }]) => [name, value]),
      ),
    changes: (run) => {
      const changes: Record<string, string[]> = {}
      for (const { address, change } of find(run, 'test_plan').resource_changes) {
        const action = change.actions.join('+')
        if (action !== 'no-op' && action !== 'read') changes[action] = [...(changes[action] ?? []), address]
      }
      return changes
    },
    plannedOutputs: (run) =>
      Object.fromEntries(
        Object.entries(find(run, 'test_plan').output_changes).map(([name, { after }]) => [name, after]),
      ),
  }
}

/** Runs every terraform/tests/*.tftest.hcl. */
export const testConfiguration = async (dir: string): Promise<TestReport> => {
  // An environment says where its systems are: of a row that the list has besides, this one does too.
  const urls = Object.fromEntries(listedSystems().map((name) => [name, `https://${name}.example.com`]))
  const args = ['test', '-json', '-verbose', `-var=integration_urls=${JSON.stringify(urls)}`]
  const { output } = await runTerraform(dir, args, 480_000)
  const lines = output.split('\n').filter((line) => line.startsWith('{'))
  return toReport(lines.map((line) => Line.parse(JSON.parse(line))))
}
