import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SCRIPT = join(import.meta.dirname, 'setup.mjs')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mensageria-setup-'))
  await mkdir(join(folder, 'node_modules/.pnpm'), { recursive: true })
  await writeFile(join(folder, 'pnpm-lock.yaml'), 'lockfileVersion: 9')
  for (const file of ['package.json', 'package-lock.json'])
    await cp(join(import.meta.dirname, 'pnpm', file), join(folder, 'scripts/pnpm', file))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

// Without PATH there is no npm, as there is no registry without a network.
const setup = (...args: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    cwd: folder,
    env: { PATH: folder },
    encoding: 'utf8',
  })
  return { status, stderr }
}

const install = () => cp(join(folder, 'pnpm-lock.yaml'), join(folder, 'node_modules/.pnpm/lock.yaml'))

test('c32: where what is installed fits the lock file, setup does nothing and says nothing', async () => {
  await install()
  expect(setup()).toEqual({ status: 0, stderr: '' })
})

test.each([
  ['nothing is installed', async () => undefined, []],
  [
    'another lock file was installed',
    () => writeFile(join(folder, 'node_modules/.pnpm/lock.yaml'), 'old'),
    [],
  ],
  ['it is told to', install, ['--no-frozen-lockfile']],
])(
  'c32: where %s it installs, and where that fails it says why and what to do',
  async (_what, given, args) => {
    await given()
    const { status, stderr } = setup(...args)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^Installing what is missing/)
    expect(stderr).toMatch(
      /The installation failed \(npm does not run.*network.*HOME.*npm run setup.*--no-frozen-lockfile/,
    )
  },
)
