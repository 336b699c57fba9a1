// A standalone that kills itself with SIGKILL at the named step (CRASH_AT), once: where the marker file exists it does not.
import { openEmbedded, type Embedded } from '@mensageria/embedded'
import { createLogger, loadConfig, loadIntegrationSettings } from '@mensageria/runtime'
import { bindIntegrations, buildStandalone, StandaloneConfig } from '@mensageria/standalone'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  crashingCall,
  crashingCenters,
  crashingDue,
  crashingLedger,
  crashingOutbox,
  crashingStates,
  createCrash,
  type At,
} from '../support/crash.ts'

const config = loadConfig(StandaloneConfig, process.env)
const marker = join(config.DATA_DIR, 'crashed')
const crash = createCrash(process.env)

const at: At = (step) => {
  if (existsSync(marker)) return
  if (step === process.env['CRASH_AT']) writeFileSync(marker, step)
  crash(step)
}

const logger = createLogger({ level: 'info', service: 'standalone' })
const integrations = loadIntegrationSettings(config)
const opened = openEmbedded({
  dataDir: config.DATA_DIR,
  subscriptions: integrations,
  onError: () => process.exit(3),
})
const engine: Embedded = {
  ...opened,
  centers: crashingCenters(opened.centers, at),
  ledger: crashingDue(crashingLedger(opened.ledger, 'senninha', at), at),
  outbox: crashingOutbox(opened.outbox, at),
  states: crashingStates(opened.states, at),
}
const bound = (await bindIntegrations(integrations, process.env, { logger })).map(
  ({ settings, integration }) => ({
    settings,
    integration:
      settings.name === 'senninha'
        ? { ...integration, call: crashingCall(integration.call, at) }
        : integration,
  }),
)
const standalone = await buildStandalone({
  engine,
  integrations: bound,
  logger,
  sweepIntervalMs: config.SWEEP_INTERVAL,
})
const url = await standalone.listen(config.HOST, config.PORT)
logger.info(`Mensageria is ready: ${url}, `)
