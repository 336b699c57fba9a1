// pnpm of one version, checked by npm against the hashes of package-lock.json beside this file. Plain JavaScript for the oldest
// Node that npm runs on: the project's own comes with what pnpm installs.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const LOCK = 'package-lock.json'

const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

const fetchByHash = (folder, program, installed) => {
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--include=optional', '--no-audit', '--no-fund']
  const { error } = spawnSync('npm', [...args, '--loglevel=error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (error) throw new Error(`npm does not run: ${error.message}`)
  // To npm an optional package that cannot be had, or has another hash, is one that is left out.
  if (!existsSync(program))
    throw new Error(
      'pnpm could not be fetched, or what was fetched has not the hash of scripts/pnpm/package-lock.json',
    )
  cpSync(join(folder, LOCK), installed)
}

/**
 * The command that runs pnpm, fetched where it is missing: without the network where it is there. Where there is no hash of
 * ours for this kind of machine, pnpm comes by its version. Throws where it cannot be had, or has another hash.
 */
export const pnpmByHash = (folder) => {
  const { optionalDependencies: kinds } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const name = `@pnpm/exe.${process.platform}-${process.arch}`
  if (kinds[name] === undefined) return ['npx', '--yes', `pnpm@${kinds['@pnpm/exe.linux-x64']}`]
  const modules = join(folder, 'node_modules')
  const program = join(modules, name, 'pnpm')
  const installed = join(modules, 'installed-lock.json')
  const fits = existsSync(program) && textOf(installed) === textOf(join(folder, LOCK))
  if (!fits) fetchByHash(folder, program, installed)
  return [program]
}
