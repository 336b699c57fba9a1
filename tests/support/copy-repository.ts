import { ROOT } from '@mensageria/testkit/ready-process'
import { execFile, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How a command ended; no code where it was ended from outside. */
type Ended = { code: number | null; output: string }

/** A copy of the repository in a folder of its own, with everything installed. */
export type RepositoryCopy = {
  dir: string
  /** Runs a command there as a person would in its root. */
  run(command: string, args: readonly string[], env?: Record<string, string>): Ended
  /** Starts it there, and says how it ended: what waits most of its time runs beside the others. */
  start(command: string, args: readonly string[]): Promise<Ended>
  remove(): Promise<void>
}

const PACKAGES = 'node_modules/.pnpm'
const LEFT_OUT = new Set(['.git', 'data', 'dist', 'coverage', '.terraform', '.cache'])

// What is installed is large: each package is a link. What pnpm writes into at every installation is a copy: its record, and
// the links of everything to everything.
const WRITTEN = new Set(['lock.yaml', 'node_modules'])
const linkPackages = (dir: string): void => {
  mkdirSync(join(dir, PACKAGES))
  for (const entry of readdirSync(join(ROOT, PACKAGES))) {
    const [from, to] = [join(ROOT, PACKAGES, entry), join(dir, PACKAGES, entry)]
    if (WRITTEN.has(entry)) cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    else symlinkSync(from, to)
  }
}

/** Copies sources, links of the workspace, and what the compiler remembers, so that only what changes is compiled. */
export const copyRepository = (): RepositoryCopy => {
  const dir = mkdtempSync(join(tmpdir(), 'mensageria-copy-'))
  cpSync(ROOT, dir, {
    recursive: true,
    verbatimSymlinks: true,
    // By these the compiler knows what it has compiled.
    preserveTimestamps: true,
    filter: (source) =>
      source !== join(ROOT, PACKAGES) && !LEFT_OUT.has(source.slice(source.lastIndexOf('/') + 1)),
  })
  linkPackages(dir)
  const path = `${join(dir, 'node_modules/.bin')}:${process.env['PATH']}`
  const options = {
    cwd: dir,
    env: { PATH: path, HOME: process.env['HOME'] ?? dir },
    encoding: 'utf8',
    timeout: 180_000,
  } as const
  return {
    dir,
    run: (command, args, env = {}) => {
      const { status, stdout, stderr } = spawnSync(command, args, {
        ...options,
        env: { ...options.env, ...env },
      })
      return { code: status, output: stdout + stderr }
    },
    start: (command, args) =>
      new Promise((resolve) => {
        const child = execFile(command, args, options, (_error, stdout, stderr) =>
          resolve({ code: child.exitCode, output: stdout + stderr }),
        )
      }),
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }),
  }
}
