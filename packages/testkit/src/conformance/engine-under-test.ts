import type { Engine, RowKey } from '@mensageria/core'

/** A row of the list of integrations that an engine is opened with; `since` in epoch milliseconds. */
export type ListedIntegration = { name: string; since?: number }

/** An engine as its suites need it. */
export type EngineUnderTest = Omit<Engine, 'purge'> & {
  close(): Promise<void> | void
  /** Closes it and opens what it has stored again, with another list: a restart, or a deploy. */
  reopen(integrations: readonly ListedIntegration[]): Promise<EngineUnderTest>
  /**
   * Falsifies what is stored about this row, or what is counted of it, behind the ports: afterwards its pair is owed and in
   * no state, or in a state and not owed.
   */
  damage(key: RowKey): Promise<void> | void
}

/** Opens an engine with nothing in it, for exactly these integrations. */
export type OpenEngine = (integrations: readonly ListedIntegration[]) => Promise<EngineUnderTest>

/** The engine of the running test: its ports, and its hooks. */
export type EngineInUse = Omit<EngineUnderTest, 'close' | 'reopen'> & {
  reopen(integrations?: readonly ListedIntegration[]): Promise<void>
}

/** The list that most suites use; centers below number 3 are from before dmitri's time. */
export const LISTED: readonly ListedIntegration[] = [
  { name: 'maas' },
  { name: 'dmitri', since: Date.parse('2026-11-20T12:00:00.003Z') },
]

/** Opens an empty engine before each test and closes it afterwards. A reopened one takes its place. */
export const useEngine = (open: OpenEngine): EngineInUse => {
  let engine: EngineUnderTest | undefined
  const current = (): EngineUnderTest => {
    if (!engine) throw new Error('The engine is open while a test runs, and only then')
    return engine
  }
  beforeEach(async () => {
    engine = await open(LISTED)
  })
  afterEach(async () => {
    await current().close()
    engine = undefined
  })
  return {
    get centers() {
      return current().centers
    },
    get outbox() {
      return current().outbox
    },
    get ledger() {
      return current().ledger
    },
    get states() {
      return current().states
    },
    get search() {
      return current().search
    },
    get stats() {
      return current().stats
    },
    get redrives() {
      return current().redrives
    },
    get audit() {
      return current().audit
    },
    get notes() {
      return current().notes
    },
    get unreadable() {
      return current().unreadable
    },
    get identity() {
      return current().identity
    },
    damage: (key) => current().damage(key),
    reopen: async (integrations = LISTED) => {
      engine = await current().reopen(integrations)
    },
  }
}
