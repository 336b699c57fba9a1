import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const GET_CHROMIUM =
  'There is no Chromium. Install it (Debian and Ubuntu: apt-get install chromium), or say where it is in CHROMIUM_PATH.'

const find = (): string | undefined => {
  const named = process.env['CHROMIUM_PATH']
  return (named === undefined ? USUAL_PLACES : [named]).find((path) => existsSync(path))
}

/** Where Chromium is on this machine; throws, with what to do, where it is not. */
export const chromiumPath = (): string => {
  const found = find()
  if (found === undefined) throw new Error(GET_CHROMIUM)
  return found
}

/**
 * Installs Chromium where it is missing and nobody's machine is changed by it: with CI=true, as root, on Debian. Anywhere
 * else it does nothing, and `chromiumPath` says what to do.
 */
export const installChromiumInCi = (): void => {
  const mayInstall =
    process.env['CI'] === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (find() !== undefined || !mayInstall) return
  process.stderr.write('Installing Chromium for the tests of the page ...\n')
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']])
    execFileSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
}
