// `npm run setup`: installs what is missing, and nothing else. Where everything is there it needs no network, no home folder and
// no right to write. Plain JavaScript for the oldest Node that npm runs on: this one may be what is missing.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pnpmByHash } from './pnpm/pnpm-by-hash.mjs'

const ROOT = process.cwd()

const read = (path) => {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return undefined
  }
}

// pnpm keeps the lock file of what it has installed, and writes it when all is there.
const fits = () => {
  const wanted = read('pnpm-lock.yaml')
  return wanted !== undefined && wanted === read('node_modules/.pnpm/lock.yaml')
}

const install = (options) => {
  process.stderr.write('Installing what is missing ...\n')
  try {
    const [program, ...first] = pnpmByHash(join(ROOT, 'scripts/pnpm'))
    const args = [...first, 'install', '--frozen-lockfile', '--use-stderr', '--loglevel=error', ...options]
    return spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' })
  } catch (error) {
    return { status: 1, error }
  }
}

const options = process.argv.slice(2)
if (options.length > 0 || !fits()) {
  const { status, error } = install(options)
  if (status !== 0) {
    const reason = error ? error.message : 'its own reason stands above'
    process.stderr.write(
      `The installation failed (${reason}). It needs the network, a home folder (HOME) and the right to write here: ` +
        'run `npm run setup` once as a user who has them. Where the lock file lacks a folder or a package that is new: ' +
        '`npm run setup -- --no-frozen-lockfile`.\n',
    )
    process.exit(status ?? 1)
  }
}
