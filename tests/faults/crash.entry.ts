// A standalone that kills itself with SIGKILL at the named step (CRASH_AT), once: where the marker file exists it does not.
import type { CenterStore, ExternalCall, Ledger } from '@mensageria/delivery'
import { openEmbedded, type Embedded } from '@mensageria/embedded'
import { createLogger, loadConfig } from '@mensageria/runtime'
import { bindIntegrations, buildStandalone, readIntegrations, StandaloneConfig } from '@mensageria/standalone'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const step = process.env['CRASH_AT'] ?? ''
const config = loadConfig(StandaloneConfig, process.env)
const marker = join(config.DATA_DIR, 'crashed')

const at = (name: string) => {
  if (name !== step || existsSync(marker)) return
  writeFileSync(marker, name)
  process.kill(process.pid, 'SIGKILL')
}

const crashingCenters = (centers: CenterStore): CenterStore => ({
  ...centers,
  create: async (write) => {
    at('before-commit')
    const result = await centers.create(write)
    at('after-commit')
    return result
  },
})

const crashingLedger = (ledger: Ledger): Ledger => ({
  ...ledger,
  create: async (row) => {
    const revision = await ledger.create(row)
    if (row.integration === 'senninha') at('after-claim')
    return revision
  },
  replace: async (row, expected) => {
    const revision = await ledger.replace(row, expected)
    if (row.integration === 'senninha' && row.state === 'delivered') at('after-settle')
    return revision
  },
})

const crashingCall =
  (name: string, call: ExternalCall): ExternalCall =>
  async (event, context) => {
    const outcome = await call(event, context)
    if (name === 'senninha') at('after-call')
    return outcome
  }

const logger = createLogger({ level: 'info', service: 'standalone' })
const integrations = readIntegrations(config)
const opened = openEmbedded({
  dataDir: config.DATA_DIR,
  subscriptions: integrations,
  onError: () => process.exit(3),
})
const engine: Embedded = {
  ...opened,
  centers: crashingCenters(opened.centers),
  ledger: crashingLedger(opened.ledger),
}
const bound = bindIntegrations(integrations, process.env, logger).map(({ settings, integration }) => ({
  settings,
  integration: { ...integration, call: crashingCall(settings.name, integration.call) },
}))
const standalone = await buildStandalone({
  engine,
  integrations: bound,
  logger,
  sweepIntervalMs: config.SWEEP_INTERVAL,
})
const url = await standalone.listen(config.HOST, config.PORT)
logger.info(`Mensageria is ready: ${url}, `)
