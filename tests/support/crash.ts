import type {
  CenterStore,
  ExternalCall,
  IntegrationStates,
  Ledger,
  Outbox,
  Publisher,
} from '@mensageria/core'

/** Told of each step that is passed; at the step that it was made for it ends the process. */
export type At = (step: string) => void

/** Ends this process with SIGKILL at the step that CRASH_AT names; with CRASH_SIGNAL=SIGSTOP it only stands still there. */
export const createCrash =
  (env: Readonly<Record<string, string | undefined>>): At =>
  (step) => {
    const signal = env['CRASH_SIGNAL'] === 'SIGSTOP' ? 'SIGSTOP' : 'SIGKILL'
    if (step === env['CRASH_AT']) process.kill(process.pid, signal)
  }

/** Steps `before-commit` and `after-commit` of a registration. */
export const crashingCenters = (centers: CenterStore, at: At): CenterStore => ({
  ...centers,
  create: async (write) => {
    at('before-commit')
    const result = await centers.create(write)
    at('after-commit')
    return result
  },
})

/** Step `after-publish`. */
export const crashingPublisher = (publisher: Publisher, at: At): Publisher => ({
  publish: async (event) => {
    await publisher.publish(event)
    at('after-publish')
  },
})

/** Steps `after-claim` and `after-settle` of a delivery to the integration. */
export const crashingLedger = (ledger: Ledger, integration: string, at: At): Ledger => ({
  ...ledger,
  create: async (row) => {
    const revision = await ledger.create(row)
    if (row.integration === integration) at('after-claim')
    return revision
  },
  replace: async (row, expected) => {
    const revision = await ledger.replace(row, expected)
    if (row.integration === integration && row.state === 'delivered') at('after-settle')
    return revision
  },
})

/** Step `after-call`: the effect is there, and the ledger does not know of it. */
export const crashingCall =
  (call: ExternalCall, at: At): ExternalCall =>
  async (event, context) => {
    const outcome = await call(event, context)
    at('after-call')
    return outcome
  }

/** Steps `after-look`, where a sweep has found open events, and `after-close`. */
export const crashingOutbox = (outbox: Outbox, at: At): Outbox => ({
  ...outbox,
  due: async (now, limit) => {
    const found = await outbox.due(now, limit)
    if (found.length > 0) at('after-look')
    return found
  },
  close: async (eventIds, now) => {
    await outbox.close(eventIds, now)
    at('after-close')
  },
})

/** Step `after-due`, where a sweep has found rows to hand over. */
export const crashingDue = (ledger: Ledger, at: At): Ledger => ({
  ...ledger,
  due: async (integration, due, limit) => {
    const found = await ledger.due(integration, due, limit)
    if (found.length > 0) at('after-due')
    return found
  },
})

/** Step `after-recovery`, where a sweep has written how the window of an integration stands. */
export const crashingStates = (states: IntegrationStates, at: At): IntegrationStates => ({
  ...states,
  write: async (name, part, value) => {
    await states.write(name, part, value)
    if (part === 'recovery') at('after-recovery')
  },
})
