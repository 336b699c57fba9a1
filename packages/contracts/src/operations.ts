import { z } from 'zod'
import { Delivery, DeliveryState, FailureKind } from './delivery.ts'
import { text } from './center/text.ts'
import { DestinationKind } from './destinations/destination-kind.ts'

/** A state as people see it. */
export const ShownState = z.enum(['waiting', ...DeliveryState.options])
export type ShownState = z.output<typeof ShownState>

const count = z.int().min(0)
const StateCounts = z.object({
  waiting: count,
  delivering: count,
  retrying: count,
  rejected: count,
  parked: count,
  delivered: count,
})

const Backfill = z
  .object({
    state: z.enum(['planned', 'running', 'paused']),
    count: count.meta({ description: 'Centers that it brings' }),
    remaining: count,
    beginsAt: z.iso.datetime().meta({ description: 'When it began; an estimate while it is planned' }),
    ratePerSecond: z.number().meta({ description: 'At most' }),
    redriveId: z.string().optional(),
  })
  .meta({ description: 'The centers from before the integration, until it has them' })

/** The state and health of one integration, as the operations API shows it. */
export const Integration = z
  .object({
    name: z.string(),
    displayName: z.string().meta({ description: 'How people call it' }),
    kind: z.enum(['code', ...DestinationKind.options]).meta({
      description: 'By code, or the kind of a destination by configuration',
    }),
    target: z
      .string()
      .optional()
      .meta({ description: 'Where a destination by configuration is, in one line without secrets' }),
    health: z.enum(['healthy', 'failing', 'down', 'recovering', 'paused']),
    simulated: z.literal(true).optional().meta({
      description: 'A simulator takes its deliveries, because no address of the system is configured',
    }),
    counts: StateCounts,
    oldestUndeliveredAt: z.iso.datetime().optional(),
    lastSuccessAt: z.iso.datetime().optional(),
    lastFailureAt: z.iso.datetime().optional(),
    lastFailure: z
      .object({ kind: FailureKind, cause: z.string(), message: z.string(), at: z.iso.datetime() })
      .optional(),
    /** How long the broker goes on before it gives a delivery up; recovery goes on after it. */
    horizonHours: z.number(),
    since: z.iso.datetime().optional(),
    beforeSince: count.optional().meta({
      description:
        'Centers from before `since` that are not its own; a redrive with state `waiting` brings them',
    }),
    backfill: Backfill.optional(),
    recovery: z
      .object({ phase: z.enum(['canary', 'ramp']), window: z.int(), nextAt: z.iso.datetime() })
      .optional(),
    paused: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).optional(),
    asOf: z.iso.datetime(),
  })
  .meta({ id: 'Integration' })
export type Integration = z.output<typeof Integration>

/** What somebody finds who asks a destination, without a delivery, whether it is there and lets us in. */
export const IntegrationCheck = z
  .object({
    state: z.enum(['there', 'failing', 'unchecked']).meta({
      description: '`unchecked`: its kind has no such question, or this process does not call it',
    }),
    failure: z.object({ kind: FailureKind, cause: z.string(), message: z.string() }).optional(),
  })
  .meta({ id: 'IntegrationCheck' })
export type IntegrationCheck = z.output<typeof IntegrationCheck>

/** Deliveries of one integration that failed for one cause. */
export const FailureGroup = z
  .object({
    integration: z.string(),
    kind: FailureKind,
    cause: z.string(),
    count: z.int().min(1),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
    sample: z.object({ centerId: z.string(), message: z.string() }),
    owner: z.string().optional(),
    note: z.string().optional(),
  })
  .meta({ id: 'FailureGroup' })
export type FailureGroup = z.output<typeof FailureGroup>

/** Owner and note of a failure group, as they shall be from now on; what is left out is taken away. */
export const FailureNoteBody = z.strictObject({
  owner: text().optional().meta({ description: 'Who looks after it' }),
  note: text(1000).optional().meta({ description: 'What others should know of it' }),
})
export type FailureNoteBody = z.output<typeof FailureNoteBody>

/** Owner and note of a failure group. */
export const FailureNote = FailureNoteBody.extend({ integration: z.string(), cause: z.string() }).meta({
  id: 'FailureNote',
})
export type FailureNote = z.output<typeof FailureNote>

/** Everything in numbers: the sum over the states is what the integrations owe for the accepted centers. */
export const Summary = z
  .object({ asOf: z.iso.datetime(), accepted: count, openEvents: count, deliveries: StateCounts })
  .meta({ id: 'Summary' })
export type Summary = z.output<typeof Summary>

const IntegrationReport = z.object({
  name: z.string(),
  delivered: count,
  reconciled: count.meta({
    description: 'Of the delivered: nobody had taken them up, and the sweeper saw it',
  }),
  recovered: count.meta({ description: 'Of the delivered: brought back by the sweeper after a failure' }),
  redriven: count.meta({ description: 'Of the delivered: a person asked for it' }),
  superseded: count.meta({
    description: 'Versions that a newer one took the place of before they were delivered',
  }),
  states: StateCounts,
  owed: count.meta({ description: 'Deliveries that there must be; counted apart from the states' }),
  oldestOpenAt: z.iso.datetime().optional(),
})

/** One UTC day in numbers; `accepted`, `openEvents`, `states` and `owed` are those of `asOf`. */
export const DailyReport = z
  .object({
    day: z.iso.date(),
    asOf: z.iso.datetime(),
    registered: count,
    updated: count,
    accepted: count,
    openEvents: count,
    integrations: z.array(IntegrationReport),
    balanced: z
      .boolean()
      .meta({ description: 'Whether the states of every integration add up to what it owes' }),
  })
  .meta({ id: 'DailyReport' })
export type DailyReport = z.output<typeof DailyReport>

/** What the audit log knows to have been done. */
export const AuditAction = z.enum([
  'center.register',
  'center.update',
  'failure-group.note',
  'integration.pause',
  'integration.real',
  'integration.resume',
  'integration.retire',
  'redrive.cancel',
  'redrive.create',
  'redrive.pause',
  'redrive.resume',
])
export type AuditAction = z.output<typeof AuditAction>

/** What a person, or the system in its own name, did: when, to what, and why. */
export const AuditEntry = z
  .object({
    at: z.iso.datetime(),
    actor: z
      .string()
      .meta({ description: 'The verified caller, `local` where nobody signs in, or `system`' }),
    action: AuditAction,
    target: z.string().meta({
      description:
        'An integration, with its cause after a slash where one is meant; the id of a redrive; the id of a center, a slash, and its name',
    }),
    reason: z.string().meta({ description: 'Empty for a registration and an update, which ask for none' }),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.output<typeof AuditEntry>

/** The attempts of the last hour, minute by minute, oldest first. */
export const RecentAttempts = z
  .object({
    items: z.array(
      z.object({
        integration: z.string(),
        minutes: z.array(z.object({ at: z.iso.datetime(), delivered: count, failed: count })),
      }),
    ),
  })
  .meta({ id: 'RecentAttempts' })
export type RecentAttempts = z.output<typeof RecentAttempts>

/** A message that nobody can read; `data` is base64, capped. */
export const UnreadableMessage = z
  .object({
    receivedAt: z.iso.datetime(),
    subscription: z.string(),
    reason: z.string(),
    attributes: z.record(z.string(), z.string()),
    data: z.string(),
  })
  .meta({ id: 'UnreadableMessage' })
export type UnreadableMessage = z.output<typeof UnreadableMessage>

/** What the API calls an integration in what it is asked; one that does not exist finds nothing. */
const name = text(31)
const at = z.iso.datetime({ offset: true })
const reason = text(300).meta({ description: 'Why; kept in the audit log' })

/** Which deliveries a redrive sends. Times are those of the last attempt. */
export const RedriveFilter = z
  .strictObject({
    integration: name.optional(),
    states: z.array(ShownState).min(1).max(ShownState.options.length).optional(),
    kind: FailureKind.optional(),
    cause: text(200).optional(),
    centerId: z.uuid().optional(),
    q: text().optional(),
    since: at.optional(),
    until: at.optional(),
  })
  .meta({ id: 'RedriveFilter' })
export type RedriveFilter = z.output<typeof RedriveFilter>

/** Asks for a redrive of everything that fits. */
export const RedriveBody = z.strictObject({
  filter: RedriveFilter,
  reason,
  dryRun: z.boolean().default(false).meta({ description: 'Only count, and show some' }),
  ratePerSecond: z.number().positive().max(10_000).optional(),
  rampCap: z.int().min(1).max(1000).optional(),
  force: z.boolean().default(false).meta({ description: 'Send delivered rows again too' }),
})
export type RedriveBody = z.output<typeof RedriveBody>

/** Asks for a redrive of one delivery. */
export const OneRedriveBody = z.strictObject({ reason, force: z.boolean().default(false) })
export type OneRedriveBody = z.output<typeof OneRedriveBody>

/** Says why. */
export const ReasonBody = z.strictObject({ reason })
export type ReasonBody = z.output<typeof ReasonBody>

/** A redrive and how far it has got; the numbers after `more` add up to `total`. */
export const Redrive = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'paused', 'cancelled', 'done']),
    phase: z.enum(['canary', 'ramp']),
    filter: RedriveFilter,
    force: z.boolean(),
    reason: z.string(),
    requestedBy: z.string(),
    createdAt: z.iso.datetime(),
    total: count,
    more: z
      .boolean()
      .meta({ description: 'There may be more than `total`: not all have been looked at yet' }),
    delivered: count,
    failed: count,
    skipped: count,
    inFlight: count,
    remaining: count,
  })
  .meta({ id: 'Redrive' })
export type Redrive = z.output<typeof Redrive>

/** What a redrive would send now; it counts up to 1,000. */
export const RedriveDryRun = z
  .object({
    count,
    more: z.boolean().meta({ description: 'There are more than `count`, which stops at 1,000' }),
    sample: z.array(Delivery),
    stateCounts: StateCounts.optional().meta({
      description:
        'Where `count` is 0: in which states the deliveries are that the filter means but for its states',
    }),
    beforeSince: count.optional().meta({
      description: 'Where `count` is 0: centers from before `since`, which only the state `waiting` means',
    }),
  })
  .meta({ id: 'RedriveDryRun' })
export type RedriveDryRun = z.output<typeof RedriveDryRun>
