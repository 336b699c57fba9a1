import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { IMAGES, ROOT } from '../support/terraform.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const Build = z.strictObject({
  steps: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      waitFor: z.array(z.string()).optional(),
      dir: z.string().optional(),
      script: z.string().optional(),
      args: z.array(z.string()).optional(),
    }),
  ),
  images: z.array(z.string()).default([]),
  artifacts: z.object({ objects: z.object({ location: z.string(), paths: z.array(z.string()) }) }).optional(),
  substitutions: z.record(z.string().regex(/^_[A-Z0-9_]+$/), z.string()),
  serviceAccount: z.string(),
  timeout: z.string().regex(/^\d+s$/),
  options: z.strictObject({
    automapSubstitutions: z.literal(true),
    logging: z.literal('CLOUD_LOGGING_ONLY'),
    machineType: z.string().optional(),
    requestedVerifyOption: z.literal('VERIFIED').optional(),
  }),
})
type Build = z.output<typeof Build>

const FILES = ['cloudbuild.verify.yaml', 'cloudbuild.yaml', 'terraform/cloudbuild.apply.yaml'] as const
const load = (file: string): Build => Build.parse(parse(read(file)))
const scriptOf = ({ steps }: Build, id: string) => steps.find((step) => step.id === id)?.script ?? ''

test('the images are those of the workspace, and for no integration by code must anybody write a name', () => {
  const build = load('cloudbuild.yaml')
  const names = build.images.map((image) => /\/([a-z-]+):\$\{BUILD_ID\}$/.exec(image)?.[1] ?? '')
  expect(names.toSorted()).toEqual(IMAGES)
  expect(build.substitutions['_IMAGES']?.split(' ').toSorted()).toEqual(IMAGES)
})

test.each(['build', 'push', 'sbom'])('%s goes through the same images', (id) => {
  expect(scriptOf(load('cloudbuild.yaml'), id).match(/^for .*$/gm)).toEqual(['for name in $_IMAGES; do'])
})

test('the SBOM of the integrations is of all their folders', () => {
  const [loop = ''] = /for name[^]*?\ndone/.exec(scriptOf(load('cloudbuild.yaml'), 'sbom')) ?? []
  const said = execFileSync('bash', ['-euo', 'pipefail', '-c', `npm() { echo "$@"; }; ${loop}`], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, _IMAGES: 'console integration' },
  })
  const folders = globSync('services/*/src/integration.ts', { cwd: ROOT }).map((file) =>
    file.replace('/src/integration.ts', ''),
  )
  expect(said.trim().split('\n')).toEqual([
    'run --silent sbom -- --filter=./services/console --out=/workspace/console.cdx.json',
    `run --silent sbom -- ${folders
      .toSorted()
      .map((folder) => `--filter=./${folder}`)
      .join(' ')} --out=/workspace/integration.cdx.json`,
  ])
})

test.each(FILES)('%s: every substitution is used, set and documented', (file) => {
  const text = read(file)
  const { substitutions } = load(file)
  const used = new Set(text.replaceAll(/^#.*$/gm, '').match(/(?<=\$\{?)_[A-Z_]+/g))
  expect([...used].toSorted()).toEqual(Object.keys(substitutions).toSorted())
  const comments = (text.match(/^#.*$/gm) ?? []).join('\n') + read('cloudbuild.yaml')
  expect(Object.keys(substitutions).filter((name) => !comments.includes(`#   ${name} `))).toEqual([])
})

test.each(FILES)('%s: a step waits for one that is there, before it', (file) => {
  const { steps } = load(file)
  const ids = steps.map(({ id }) => id)
  for (const [index, { waitFor = [] }] of steps.entries())
    expect(waitFor.filter((id) => id !== '-' && !ids.slice(0, index).includes(id))).toEqual([])
})

test('steps are those of a release: checked, then images, then the plan, and no apply', () => {
  const build = load('cloudbuild.yaml')
  expect(build.steps.map(({ id }) => id)).toEqual([
    'verified',
    'base',
    'build',
    'push',
    'sbom',
    'attach',
    'plan',
  ])
  expect(build.steps.find(({ id }) => id === 'build')?.waitFor).toEqual(['verified', 'base'])
  expect(read('cloudbuild.yaml')).not.toContain('terraform apply')
  expect(build.options.requestedVerifyOption).toBe('VERIFIED')
})

describe('defect 15: what the approval protects no other build can do', () => {
  test('each build has an account of its own', () => {
    expect(FILES.map((file) => load(file).serviceAccount)).toEqual([
      'projects/${PROJECT_ID}/serviceAccounts/${_CHECK_ACCOUNT}',
      'projects/${PROJECT_ID}/serviceAccounts/${_BUILD_ACCOUNT}',
      'projects/${PROJECT_ID}/serviceAccounts/${_APPLY_ACCOUNT}',
    ])
  })

  test('dependencies, tests and the audit run in the build without rights, and nowhere else', () => {
    const verify = load('cloudbuild.verify.yaml')
    expect(verify.steps.map(({ id }) => id)).toEqual(['install', 'audit', 'verify'])
    expect(scriptOf(verify, 'install')).toBe('npm run --silent setup')
    expect(scriptOf(verify, 'audit')).toBe('npm run --silent audit')
    expect(existsSync(join(ROOT, scriptOf(verify, 'verify').replace('bash ', '')))).toBe(true)
    // Of npm's commands only the one that runs pnpm, which comes by hash, and no package.
    const elsewhere = ['cloudbuild.yaml', 'terraform/cloudbuild.apply.yaml'].flatMap((file) =>
      load(file).steps.flatMap(({ script = '' }) => script.match(/\b(npm|npx|node|pnpm) .*/g) ?? []),
    )
    expect(elsewhere).toEqual([expect.stringMatching(/^npm run --silent sbom /)])
    // With it the code that runs while an image is made would reach the token of the account.
    expect(read('cloudbuild.yaml')).not.toMatch(/--network|docker run/)
  })

  test('the release waits for the checks of its commit, and ends where they failed', () => {
    const script = scriptOf(load('cloudbuild.yaml'), 'verified')
    expect(script).toMatch(/substitutions\.TRIGGER_NAME=verify AND substitutions\.COMMIT_SHA=\$COMMIT_SHA/)
    expect(script).toMatch(/SUCCESS\) exit 0[^]*\*\) .*exit 1/)
  })

  test('the apply takes the plan of a release of the same commit alone', () => {
    const script = scriptOf(load('terraform/cloudbuild.apply.yaml'), 'fetch')
    expect(script).toContain('"SUCCESS,release,$COMMIT_SHA"')
    expect(script.indexOf('exit 1')).toBeLessThan(script.indexOf('gcloud storage cp'))
  })

  test('the base of what runs is verified before anything is built on it', () => {
    const base = load('cloudbuild.yaml').steps.find(({ id }) => id === 'base')
    expect(base?.args).toEqual(['verify', expect.any(String), expect.any(String), '${_RUNTIME_IMAGE}'])
  })
})

test('the plan is given images by digest and variables that Terraform has', () => {
  const plan = scriptOf(load('cloudbuild.yaml'), 'plan')
  const variables = read('terraform/variables.tf')
  for (const [, name] of plan.matchAll(/-var="([a-z_]+)=/g)) expect(variables).toContain(`variable "${name}"`)
  expect(scriptOf(load('cloudbuild.yaml'), 'push')).toContain('RepoDigests')
  expect(plan).toContain('images.tfvars.json')
})

test('the plan that is applied is the one that was saved, with the provider that made it', () => {
  const saved = load('cloudbuild.yaml').artifacts?.objects
  expect(saved?.location).toBe('gs://${_PLAN_BUCKET}/plans/${BUILD_ID}/')
  expect(saved?.paths).toEqual(['terraform/release.tfplan', 'terraform/.terraform.lock.hcl'])
  const apply = load('terraform/cloudbuild.apply.yaml')
  expect(scriptOf(apply, 'fetch')).toContain('gs://$_PLAN_BUCKET/plans/$_PLAN/')
  expect(scriptOf(apply, 'apply')).toMatch(/init .*-lockfile=readonly[^]*apply .*release\.tfplan/)
})

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile')
  const final = dockerfile.slice(dockerfile.lastIndexOf('FROM '))

  test('the build arguments are those that Cloud Build gives', () => {
    const args = [...dockerfile.matchAll(/^ARG ([A-Z_]+)$/gm)].map(([, name = '']) => name)
    const given = scriptOf(load('cloudbuild.yaml'), 'build').match(/(?<=--build-arg ")[A-Z_]+/g)
    expect(args.toSorted()).toEqual([...(given ?? [])].toSorted())
  })

  test('what runs is a bundle as nobody, in exec form, without a package manager', () => {
    expect(final).toMatch(/^FROM \$\{RUNTIME_IMAGE\}/)
    expect(final).toMatch(/^USER 65532:65532$/m)
    expect(final).toMatch(/^ENTRYPOINT \["\/nodejs\/bin\/node", .*"\/app\/main\.js"\]$/m)
    expect(final).toContain('NODE_ENV=production')
    expect(final).not.toMatch(/npm|node_modules|^RUN /m)
  })

  test('the list of integrations is in the image, where INTEGRATIONS_FILE says', () => {
    expect(final).toContain('INTEGRATIONS_FILE=/app/integrations.auto.tfvars.json')
    expect(final).toContain('COPY --from=build /src/terraform/integrations.auto.tfvars.json ./')
    expect(read('.dockerignore')).toContain('!terraform/integrations.auto.tfvars.json')
  })
})
