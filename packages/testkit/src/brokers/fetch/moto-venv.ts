import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { runToEnd } from '../../keeper/process-group.ts'
import { aptInstall, mayInstall } from './apt.ts'
import { cachedFolder, isCached } from './cached-folder.ts'
import { sayFetching } from './say-fetching.ts'

const MOTO = '5.2.5'
const NAME = `moto-${MOTO}`
const VENV_WITHIN_MS = 120_000
const PIP_WITHIN_MS = 180_000

// Debian's python3 has the module venv, and cannot make one without ensurepip of python3-venv.
const makesVenvs = (): boolean => spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0

export const motoIsThere = (): boolean => isCached(NAME)

export const mayFetchMoto = (): boolean => mayInstall() || makesVenvs()

/** The Python of a virtual environment that has moto, made with pip where it is missing. */
export const motoPython = async (): Promise<string> => {
  const folder = await cachedFolder(NAME, async (empty) => {
    sayFetching('moto (SNS and SQS)', 'pip (60 MB)')
    if (!makesVenvs() && mayInstall()) await aptInstall(['python3-venv'])
    await runToEnd(['python3', '-m', 'venv', empty], { withinMs: VENV_WITHIN_MS })
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check']
    await runToEnd([join(empty, 'bin/python3'), ...pip, `moto[server,sns,sqs]==${MOTO}`], {
      withinMs: PIP_WITHIN_MS,
    })
  })
  return join(folder, 'bin/python3')
}
