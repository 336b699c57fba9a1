import { spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BROKERS } from '@mensageria/testkit/fetch-brokers'

const LOG = 'node_modules/.cache/brokers/fetch.log'

/** Begins to fetch the brokers that are missing and can be had, and says so; undefined where there is nothing to fetch. */
export const fetchInBackground = (): string | undefined => {
  const wanted = Object.entries(BROKERS).filter(([, { isThere, mayFetch }]) => !isThere() && mayFetch())
  if (wanted.length === 0) return undefined
  const root = join(import.meta.dirname, '../..')
  mkdirSync(dirname(join(root, LOG)), { recursive: true })
  const log = openSync(join(root, LOG), 'w')
  spawn(process.execPath, [join(root, 'scripts/fetch-brokers.ts')], {
    detached: true,
    stdio: ['ignore', log, log],
  }).unref()
  const names = wanted.map(([name]) => name).join(', ')
  return `Preflight: these brokers of the tests are fetched meanwhile, once: ${names}. ${LOG} says how far it is.`
}
