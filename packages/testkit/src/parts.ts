import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { BROKERS, type Fetchable } from './brokers/fetch/index.ts'
import { findChromium } from './chromium.ts'
import { emulatorsOfEnvironment } from './emulators-of-environment.ts'
import { programOf } from './program.ts'
import { ROOT } from './ready-process.ts'

/** What some tests need besides Node and npm; `gcloud` is for those that stop and start an emulator of their own. */
export const PARTS = [
  'emulators',
  'gcloud',
  'terraform',
  'google-provider',
  'chromium',
  'rabbitmq',
  'kafka',
  'moto',
] as const
export type Part = (typeof PARTS)[number]

const TERRAFORM_MIN = [1, 11] as const
const INIT_MS = 120_000

// Where components are installed shows in the folder of the SDK. Asking gcloud itself takes seconds and a network.
const hasComponents = (gcloud: string): boolean => {
  const platform = join(dirname(dirname(realpathSync(gcloud))), 'platform')
  const components = ['pubsub-emulator', 'cloud-firestore-emulator'].map((name) => join(platform, name))
  return !existsSync(platform) || components.every((path) => existsSync(path))
}

const hasGcloud = (): boolean => {
  const gcloud = programOf('gcloud')
  return gcloud !== undefined && hasComponents(gcloud) && programOf('java') !== undefined
}

/** Terraform's environment: a configuration that is named but not there would be a warning in the middle of its output. */
export const terraformEnvironment = (): NodeJS.ProcessEnv => {
  const { TF_CLI_CONFIG_FILE: file, ...rest } = process.env
  const named = file !== undefined && existsSync(file) ? { TF_CLI_CONFIG_FILE: file } : {}
  return { ...rest, ...named, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' }
}

const terraform = (args: readonly string[], cwd = ROOT) =>
  spawnSync('terraform', args, { cwd, env: terraformEnvironment(), encoding: 'utf8', timeout: INIT_MS })

const hasTerraform = (): boolean => {
  const { status, stdout } = terraform(['version'])
  const [, major = 0, minor = 0] = /^Terraform v(\d+)\.(\d+)/.exec(stdout ?? '')?.map(Number) ?? []
  return status === 0 && major === TERRAFORM_MIN[0] && minor >= TERRAFORM_MIN[1]
}

// The provider comes from a registry or a mirror, which not every machine reaches: only `init` knows.
const reachesProvider = (): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'mensageria-provider-'))
  try {
    copyFileSync(join(ROOT, 'terraform/versions.tf'), join(folder, 'versions.tf'))
    return terraform(['init', '-backend=false', '-input=false', '-no-color'], folder).status === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// What the tests fetch by themselves counts as there.
const canHave = ({ isThere, mayFetch }: Fetchable): boolean => isThere() || mayFetch()

const CHECKS: Record<Part, () => boolean> = {
  emulators: () => emulatorsOfEnvironment() !== undefined || hasGcloud(),
  gcloud: hasGcloud,
  terraform: hasTerraform,
  'google-provider': () => hasTerraform() && reachesProvider(),
  chromium: () => findChromium() !== undefined,
  rabbitmq: () => canHave(BROKERS.rabbitmq),
  kafka: () => canHave(BROKERS.kafka),
  moto: () => canHave(BROKERS.moto),
}

const found = new Map<Part, boolean>()

/** Whether this machine has the part. Looks once in a process. */
export const hasPart = (part: Part): boolean => {
  const has = found.get(part) ?? CHECKS[part]()
  found.set(part, has)
  return has
}
