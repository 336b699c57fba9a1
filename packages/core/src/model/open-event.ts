/** An event whose rows do not all exist yet, as the outbox keeps it; times in epoch milliseconds. */
export type OpenEvent = {
  eventId: string
  centerId: string
  version: number
  centerCreatedAt: number
  /** Looks that the sweeper has had at it. */
  checks: number
}

/** The version at which each integration has a row for the event's center; absent where there is no row. */
export type RowVersions = Readonly<Record<string, number>>
