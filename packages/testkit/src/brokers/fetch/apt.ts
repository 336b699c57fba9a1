import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CACHE } from './cached-folder.ts'
import { withLock } from './lock.ts'

// No group that ends with this process: an installation that is killed in the middle leaves dpkg to be repaired by a person.
const run = promisify(execFile)
const WITHIN_MS = 240_000
// Debian asks it before it starts the service of a package; 101 is "no". Containers have one already.
const POLICY = '/usr/sbin/policy-rc.d'

/** Whether packages of Debian can be installed: as root, on Debian or Ubuntu. */
export const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

const withoutServices = async (work: () => Promise<void>) => {
  if (existsSync(POLICY)) return work()
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await work()
  } finally {
    await rm(POLICY)
  }
}

/** Installs packages of Debian without starting a service of theirs. Somebody else's apt-get is waited for. */
export const aptInstall = (packages: readonly string[]): Promise<void> =>
  withLock(join(CACHE, 'apt.lock'), () =>
    withoutServices(async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      const options = ['-qq', '-o', 'DPkg::Lock::Timeout=120']
      const install = ['install', '-y', '--no-install-recommends', ...packages]
      for (const args of [['update'], install])
        await run('apt-get', [...options, ...args], { env, timeout: WITHIN_MS })
    }),
  )
