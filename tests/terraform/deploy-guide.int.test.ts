import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { needs } from '@mensageria/testkit/needs'
import { parse } from 'yaml'
import { z } from 'zod'
import { commandsOf, shellOf, unsetVariables } from '../support/guide.ts'
import { lintGcloud } from '../support/lint-gcloud.ts'
import { ROOT } from '../support/terraform.ts'

const GUIDE = 'docs/deploy.md'
const guide = shellOf(GUIDE)
const commands = commandsOf(guide)
const terraform = globSync('terraform/*.tf', { cwd: ROOT })
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n')
const Build = z.object({
  substitutions: z.record(z.string(), z.string()),
  steps: z.array(z.object({ script: z.string().optional() })),
})
const loadBuild = (file: string) => Build.parse(parse(readFileSync(join(ROOT, file), 'utf8')))
const BUILDS = ['cloudbuild.verify.yaml', 'cloudbuild.yaml', 'terraform/cloudbuild.apply.yaml']

describe('newcomer 14: the commands of docs/deploy.md work as written', () => {
  test('a shell reads them', () => {
    execFileSync('bash', ['-n'], { input: guide })
  })

  test('every variable is set before it is used', () => {
    expect(unsetVariables(guide)).toEqual([])
    expect(unsetVariables('A=1\necho "$A" $B\nB=2\nprintf %s "$(cat $C)"')).toEqual(['B', 'C'])
  })

  needs('gcloud').test(
    'gcloud knows every command and flag, of the builds too',
    () => {
      const scripts = BUILDS.flatMap((file) => loadBuild(file).steps.map(({ script = '' }) => script))
      const gcloud = [...commands, ...commandsOf(scripts.join('\n'))].filter((one) =>
        one.startsWith('gcloud '),
      )
      expect(gcloud.length).toBeGreaterThan(35)
      expect(lintGcloud(gcloud)).toEqual([])
      expect(lintGcloud(['gcloud builds list --no-such-flag=1'])).toEqual([
        expect.stringContaining('unrecognized arguments'),
      ])
    },
    240_000,
  )

  test('every file that they name is there, or made by a command before', () => {
    let folder = ROOT
    const made = new Set<string>()
    const missing: string[] = []
    for (const command of commands) {
      const [, to] = /^cd (\S+)$/.exec(command) ?? []
      if (to !== undefined) folder = join(folder, to)
      const at = command.includes('--build-config=') ? ROOT : folder
      const [, from, copy] = /^cp (\S+) (\S+)/.exec(command) ?? []
      const [, teed] = /^tee (\S+)/.exec(command) ?? []
      const matches = command.matchAll(/(?:--build-config=|--file |--data @|-r \.id )([\w./-]+)/g)
      const named = [from, ...[...matches].map(([, name]) => name)]
      for (const file of named.filter((name) => name !== undefined))
        if (!existsSync(join(at, file)) && !made.has(join(at, file))) missing.push(file)
      for (const file of [copy, teed]) if (file !== undefined) made.add(join(at, file))
    }
    expect(missing).toEqual([])
    expect(commands.filter((command) => command.startsWith('cd ')).length).toBeGreaterThan(3)
    expect(folder.startsWith(ROOT)).toBe(true)
  })

  test("every resource and output is Terraform's", () => {
    const resources = guide.match(/\bgoogle_[a-z0-9_]+\.[a-z_]+/g) ?? []
    for (const resource of resources) {
      const [type, name] = resource.split('.')
      expect(terraform).toContain(`resource "${type}" "${name}"`)
    }
    for (const [, output] of guide.matchAll(/terraform output -raw (\w+)/g))
      expect(terraform).toContain(`output "${output}"`)
    expect(resources.length).toBeGreaterThan(4)
  })

  test.each(BUILDS)('its trigger gives %s every substitution, and no other', (file) => {
    const shared = commands.filter((command) => command.startsWith('SHARED=')).join(',')
    const trigger = commands.find((command) => command.includes(`--build-config=${file} `)) ?? ''
    const given = new Set(`${trigger}${trigger.includes('$SHARED') ? shared : ''}`.match(/\b_[A-Z_]+(?==)/g))
    const { substitutions } = loadBuild(file)
    expect([...given].filter((name) => !(name in substitutions))).toEqual([])
    const owed = Object.keys(substitutions).filter((name) => substitutions[name] === 'set-in-the-trigger')
    expect(owed.filter((name) => !given.has(name))).toEqual([])
  })
})

describe('defect 15: the accounts of the guide hold what their builds need', () => {
  const rolesOf = (account: string): string[] => {
    const roles: string[] = []
    let listed: string[] = []
    for (const command of commands) {
      const [, list] = /^for role in (.*)$/.exec(command) ?? []
      if (list !== undefined) listed = list.split(/\s+/)
      const [, role] = new RegExp(`^grant "\\$${account}" (\\S+)`).exec(command) ?? []
      if (role !== undefined) roles.push(...(role === '$role' ? listed : [role]))
      const [, direct] = /--role=roles\/(\S+)/.exec(command) ?? []
      if (direct !== undefined && command.includes(`serviceAccount:$${account}"`)) roles.push(direct)
    }
    return roles
  }

  test('who checks may write its log', () => {
    expect(rolesOf('CHECKER')).toEqual(['logging.logWriter'])
  })

  test('who builds may push, read the state and add a plan; it changes nothing that is there', () => {
    expect(rolesOf('BUILDER').toSorted()).toEqual([
      'artifactregistry.writer',
      'browser',
      'cloudbuild.builds.viewer',
      'containeranalysis.notes.editor',
      'containeranalysis.occurrences.editor',
      'logging.logWriter',
      'storage.objectCreator',
      'storage.objectViewer',
    ])
    const bucketOf = (role: string) =>
      commands.find((one) => one.includes('$BUILDER') && one.includes(`roles/storage.${role}`))
    expect(bucketOf('objectViewer')).toContain('gs://$STATE_BUCKET')
    expect(bucketOf('objectCreator')).toContain('gs://$PLAN_BUCKET')
  })

  test('who applies holds the rest, and nothing primitive', () => {
    const roles = rolesOf('APPLIER')
    expect(roles).toEqual(expect.arrayContaining(['run.admin', 'resourcemanager.projectIamAdmin']))
    expect(roles.filter((role) => /^(owner|editor|viewer|storage\.admin)$/.test(role))).toEqual([])
  })

  test('only the trigger that asks for an approval runs as who applies', () => {
    const triggers = commands.filter((command) => command.startsWith('gcloud builds triggers create'))
    expect(triggers).toHaveLength(3)
    expect(triggers.filter((one) => one.includes('$APPLIER'))).toEqual([
      expect.stringContaining('--require-approval'),
    ])
  })
})
