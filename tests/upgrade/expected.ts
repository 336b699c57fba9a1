import type {
  FailureGroup,
  FailureNote,
  IntegrationSettings,
  IntegrationState,
  MinuteOfAttempts,
  RedriveFilter,
  RedriveProgress,
  ShownState,
  StateCounts,
  UnreadableMessage,
} from '@mensageria/core'

/** A delivery as release 0.1.0 showed it, with its row as it stored it. */
export type ExpectedDelivery = {
  state: ShownState
  version: number
  deliveredVersion: number
  attempts: number
  historyLength: number
  lastFailureCause: string | null
  externalId: string | null
  row: { state: string; parkedAt?: number } | null
}

/** What release 0.1.0 read from its own store: what a later release must find there too. */
export type Expected = {
  now: string
  settings: IntegrationSettings
  centers: {
    id: string
    taxId: string
    name: string
    version: number
    deliveries: Record<string, ExpectedDelivery>
  }[]
  openEvents: string[]
  redrives: (Omit<RedriveProgress, 'phase' | 'more'> & {
    id: string
    state: string
    requestedBy: string
    filter: RedriveFilter
    lanes: { integration: string; exhausted: boolean; hasCursor: boolean; sending: string[] }[]
  })[]
  integrations: Record<
    string,
    {
      paused: IntegrationState['paused'] | null
      recovery: IntegrationState['recovery'] | null
      counts: StateCounts
    }
  >
  totals: { accepted: number; openEvents: number; owed: Record<string, number> }
  failureGroups: Pick<FailureGroup, 'integration' | 'kind' | 'cause' | 'count'>[]
  day: { registered: number; updated: number; integrations: Record<string, Record<string, number>> }
  attemptsOfLastHour: Record<string, MinuteOfAttempts[]>
  audit: object[]
  notes: FailureNote[]
  undecodable: UnreadableMessage[]
  idempotency: {
    caller: string
    key: string
    status: number
    centerId: string
    fingerprint: string
    expiresAt: number
  }[]
  embedded: {
    userVersion: number
    queuedMessages: { subscription: string; source: string; eventId: string; attempts: number }[]
  }
}
