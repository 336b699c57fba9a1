import { existsSync } from 'node:fs'
import { aptInstall, mayInstall } from './brokers/fetch/apt.ts'
import { HOW_TO_GET } from './how-to-get.ts'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Where Chromium is on this machine; undefined where there is none. */
export const findChromium = (): string | undefined => {
  const named = process.env['CHROMIUM_PATH']
  return (named === undefined ? USUAL_PLACES : [named]).find((path) => existsSync(path))
}

/** Where Chromium is on this machine; throws, with what to do, where it is not. */
export const chromiumPath = (): string => {
  const found = findChromium()
  if (found === undefined) throw new Error(`There is no Chromium: ${HOW_TO_GET.chromium}.`)
  return found
}

/** Whether `installChromium` changes nobody's own machine: with CI=true, as root, on Debian or Ubuntu. */
export const mayInstallChromium = (): boolean => process.env['CI'] === 'true' && mayInstall()

/** Installs Chromium with apt-get, in about a minute; throws where that fails. */
export const installChromium = (): Promise<void> => aptInstall(['chromium'])
