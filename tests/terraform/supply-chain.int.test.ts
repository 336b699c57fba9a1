import { execFileSync } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { parse } from 'yaml'
import { ROOT } from '../support/terraform.ts'

const PNPM = join(ROOT, 'scripts/pnpm')
const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ integrity: z.string().optional(), resolved: z.string().optional() }),
  ),
})
const Kinds = z.object({ optionalDependencies: z.record(z.string(), z.string()) })

test('every kind of pnpm is pinned by version and hash, and by no address', async () => {
  const { optionalDependencies: kinds } = Kinds.parse(await json(join(PNPM, 'package.json')))
  const { packages } = Lock.parse(await json(join(PNPM, 'package-lock.json')))
  expect(Object.keys(kinds)).toEqual(['@pnpm/exe.linux-arm64', '@pnpm/exe.linux-x64'])
  expect(new Set(Object.values(kinds)).size).toBe(1)
  for (const name of Object.keys(kinds))
    expect(packages[`node_modules/${name}`]).toEqual({
      integrity: expect.stringMatching(/^sha512-[\w+/]{86}==$/),
    })
})

test('what pnpm installs is old enough, proven as before, and runs no script that is not named', async () => {
  expect(parse(await readFile(join(ROOT, 'pnpm-workspace.yaml'), 'utf8'))).toMatchObject({
    minimumReleaseAge: 4320,
    trustPolicy: 'no-downgrade',
    blockExoticSubdeps: true,
    allowBuilds: expect.not.objectContaining({ '*': true }),
  })
})

describe('where npm gives nothing of this hash', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mensageria-pnpm-'))
    for (const file of ['package.json', 'package-lock.json']) await cp(join(PNPM, file), join(folder, file))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  // As npm does: an optional package with another hash is left out, and the command succeeds.
  const withNpm = async (script: string): Promise<string> => {
    const bin = join(folder, 'bin')
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'npm'), `#!/bin/sh\n${script}\n`)
    await chmod(join(bin, 'npm'), 0o755)
    const program = `import { pnpmByHash } from ${JSON.stringify(join(PNPM, 'pnpm-by-hash.mjs'))}
      try { console.log(pnpmByHash(${JSON.stringify(folder)}).join(' ')) } catch (error) { console.log(error.message) }`
    const env = { PATH: `${bin}:/usr/bin:/bin` }
    return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      env,
      encoding: 'utf8',
    }).trim()
  }
  const program = () => join(folder, `node_modules/@pnpm/exe.${process.platform}-${process.arch}/pnpm`)

  test('defect 25: it is an error, and no other pnpm is taken', async () => {
    expect(await withNpm('exit 0')).toContain('has not the hash of scripts/pnpm/package-lock.json')
  })

  test('it is fetched again when the lock file has changed, and only then', async () => {
    const fetched = `echo run >>${folder}/runs; mkdir -p ${join(program(), '..')}; echo >${program()}`
    expect(await withNpm(fetched)).toBe(program())
    expect(await withNpm(fetched)).toBe(program())
    expect(await readFile(join(folder, 'runs'), 'utf8')).toBe('run\n')
    await writeFile(join(folder, 'package-lock.json'), '{}')
    await withNpm(fetched)
    expect(await readFile(join(folder, 'runs'), 'utf8')).toBe('run\nrun\n')
  })
})
