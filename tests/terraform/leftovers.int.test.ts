import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareConfiguration, ROOT } from '../support/terraform.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mensageria-no-terraform-'))
  // A machine without Terraform: Node is all that its PATH has.
  await symlink(process.execPath, join(folder, 'node'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const preflight = (env: NodeJS.ProcessEnv) => {
  const { stdout, status } = spawnSync('node', ['scripts/preflight.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: folder, TMPDIR: folder, HOME: folder, ...env },
  })
  return { first: stdout.split('\n')[0], status }
}

test('newcomer 1: the preflight says in its first paragraph that Terraform is missing, and how to get it', async () => {
  const { first, status } = preflight({})
  expect(first).toMatch(
    /^Preflight: this machine lacks .*Terraform: install version 1\.11 .*own tests are skipped/,
  )
  expect(first).toMatch(/counted as skipped in the last line.*about \d+ minutes/)
  expect(status).toBe(0)
  expect(await readdir(folder)).toEqual(['node'])
})

test('newcomer 1: with CI=true that ends the run, before a minute is spent', () => {
  expect(preflight({ CI: 'true' })).toEqual({ first: expect.stringMatching(/nothing is skipped/), status: 1 })
})

test('newcomer 2: a configuration that cannot be prepared leaves no folder behind', async () => {
  const { PATH, TMPDIR } = process.env
  Object.assign(process.env, { PATH: folder, TMPDIR: folder })
  try {
    await expect(prepareConfiguration()).rejects.toThrow(/Terraform is not on PATH: install version 1\.11/)
    expect(await readdir(folder)).toEqual(['node'])
  } finally {
    Object.assign(process.env, { PATH, ...(TMPDIR === undefined ? {} : { TMPDIR }) })
    if (TMPDIR === undefined) delete process.env['TMPDIR']
  }
})
