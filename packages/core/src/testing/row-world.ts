import { LATEST_CALL_START_MS, LEASE_MS } from '../model/budget.ts'
import { decideClaim, type SeenRow } from '../deliver/decide-claim.ts'
import { decidePark } from '../park/decide-park.ts'
import { decideSettle } from '../deliver/decide-settle.ts'
import { dueAtOf, type DeliveryTrigger, type DeliveryRow } from '../model/delivery-row.ts'
import type { Outcome } from '../deliver/outcome.ts'
import { KEY, NOW, SETTINGS } from './samples.ts'

const { retry, recovery } = SETTINGS
const OPEN_FOR_MS = 2 * retry.maxBackoffMs + LEASE_MS

type Seen = { seen: (SeenRow & { revision: number }) | undefined; version: number; trigger: DeliveryTrigger }
type Lease = {
  row: DeliveryRow
  revision: number
  trigger: DeliveryTrigger
  at: number
  calledAt?: number
  outcome?: Outcome
}

/** A process that delivers: what it has read and not acted upon yet, or the lease that it believes to hold. */
export type Worker = { skewMs: number; reading?: Seen; lease?: Lease }

/** One row, everybody who works on it, and the system downstream. Every write is checked against the promises. */
export type RowWorld = {
  now: number
  centerVersion: number
  paused: boolean
  workers: Worker[]
  stored?: { row: DeliveryRow; revision: number; writtenAt: number; boot: number }
  /** Counts the starts of a process that owns the store alone: what an earlier one wrote has no owner. */
  boot: number
  startedAt: number
  /** Who may write, and until when nobody else may; outlives the worker. */
  owner?: { token: string; until: number }
  /** Effects of calls whose end nobody knows: they land later. */
  landing: { version: number; at: number }[]
  claimedVersion: number
  tokens: number
}

export const createRowWorld = (skewsMs: readonly number[]): RowWorld => ({
  now: NOW,
  centerVersion: 1,
  paused: false,
  boot: 1,
  startedAt: NOW,
  workers: skewsMs.map((skewMs) => ({ skewMs })),
  landing: [],
  claimedVersion: 0,
  tokens: 0,
})

const ensure = (holds: boolean, fact: string): void => {
  if (!holds) throw new Error(`Broken: ${fact}`)
}

const isSkewed = (world: RowWorld): boolean => world.workers.some(({ skewMs }) => skewMs !== 0)

type Writer = { kind: 'claim' | 'settle'; trigger: DeliveryTrigger } | { kind: 'park' }

const LEGAL = new Set([
  'claim: none > delivering',
  'claim: delivering > delivering',
  'claim: retrying > delivering',
  'claim: parked > delivering',
  'claim: rejected > delivering',
  'claim: delivered > delivering',
  'settle: delivering > retrying',
  'settle: delivering > parked',
  'settle: delivering > rejected',
  'settle: delivering > delivered',
  'park: none > parked',
  'park: delivering > parked',
  'park: retrying > parked',
  'park: rejected > rejected',
])

const checkTransition = (before: DeliveryRow | undefined, after: DeliveryRow, writer: Writer) => {
  const newer = before !== undefined && after.version > before.version
  const step = `${writer.kind}: ${before === undefined || newer ? 'none' : before.state} > ${after.state}`
  ensure(LEGAL.has(step), `the table of transitions has "${step}"`)
  const trigger = writer.kind === 'park' ? undefined : writer.trigger
  if (before?.state === 'rejected' && !newer && writer.kind === 'claim')
    ensure(trigger?.kind === 'redrive', 'only a person has a refused version called again')
  if (before?.state === 'delivered' && !newer)
    ensure(trigger?.kind === 'redrive' && trigger.force, 'only force has a delivered version called again')
  if (after.state === 'retrying') ensure(trigger?.kind === 'push', 'only a failed push is the broker’s')
  if (after.state === 'parked' && writer.kind === 'settle')
    ensure(trigger?.kind !== 'push', 'only a failed hand-over is the sweeper’s')
}

const tallyOf = ({ tally = {} }: DeliveryRow): number =>
  Object.values(tally).reduce((sum, versions) => sum + versions, 0)

const checkRow = (world: RowWorld, before: DeliveryRow | undefined, after: DeliveryRow, isClaim: boolean) => {
  if (before) {
    ensure(after.version >= before.version, 'a row never works on a lower version')
    ensure(after.deliveredVersion >= before.deliveredVersion, 'deliveredVersion never goes down')
    ensure(tallyOf(after) >= tallyOf(before), 'a tally never goes down')
    const attempts = (after.version === before.version ? before.attempts : 0) + (isClaim ? 1 : 0)
    ensure(after.attempts === attempts, 'attempts of one version count its claims')
  }
  const left = after.deliveredVersion < after.version ? 1 : 0
  ensure(tallyOf(after) === after.version - left, 'each version is tallied once, when it is done with')
  ensure(after.history.length <= 20, 'the history is bounded')
  const isClosed = after.state === 'rejected' || after.state === 'delivered'
  const dueAt = dueAtOf(after)
  ensure(isClosed === (dueAt === undefined), 'open rows are due some time, closed ones never')
  if (after.state === 'retrying') ensure(after.parkedAt === undefined, 'what the broker owns is not parked')
  if (after.state === 'delivered') ensure(after.deliveredVersion === after.version, 'delivered says which')
  if (dueAt !== undefined && !isSkewed(world))
    ensure(dueAt >= world.now && dueAt <= world.now + OPEN_FOR_MS, 'no open row is forgotten')
}

const write = (world: RowWorld, row: DeliveryRow, expected: number | undefined, writer: Writer): boolean => {
  if (world.stored?.revision !== expected) return false
  const { owner } = world
  const isOwned = owner !== undefined && world.now < owner.until && owner.token !== row.token
  ensure(!isOwned, 'only the owner of a live lease writes')
  checkTransition(world.stored?.row, row, writer)
  checkRow(world, world.stored?.row, row, writer.kind === 'claim')
  world.stored = { row, revision: (expected ?? 0) + 1, writtenAt: world.now, boot: world.boot }
  if (writer.kind === 'claim') world.owner = { token: row.token, until: world.now + LEASE_MS }
  else delete world.owner
  return true
}

const checkAck = ({ stored }: RowWorld, version: number) =>
  ensure(
    stored !== undefined && (stored.row.deliveredVersion >= version || stored.row.version > version),
    'nothing is acknowledged that the ledger has not delivered or overtaken',
  )

const nextToken = (world: RowWorld): string => `token-${(world.tokens += 1)}`

const look = ({ stored, now, boot, startedAt }: RowWorld): Seen['seen'] =>
  stored && {
    row: stored.row,
    revision: stored.revision,
    ...(stored.boot === boot
      ? { ageMs: now - stored.writtenAt }
      : { ageMs: now - startedAt, ownerGone: true as const }),
  }

/** The first half of a claim: a worker that is free reads the row for a message. */
export const read = (world: RowWorld, worker: Worker, version: number, trigger: DeliveryTrigger): void => {
  if (!worker.lease) worker.reading = { seen: look(world), version, trigger }
}

/** The second half: it decides by what it has read, and writes. */
export const claim = (world: RowWorld, worker: Worker): void => {
  if (!worker.reading) return
  const { seen, version, trigger } = worker.reading
  delete worker.reading
  const context = {
    now: world.now + worker.skewMs,
    token: nextToken(world),
    paused: world.paused,
    retry,
  }
  const decided = decideClaim(seen, { ...KEY, version, trigger }, context)
  if (decided.decision === 'superseded' || decided.decision === 'duplicate') checkAck(world, version)
  if (decided.decision !== 'claimed') return
  if (!write(world, decided.row, seen?.revision, { kind: 'claim', trigger })) return
  const isLive = ({ lease }: Worker) => lease !== undefined && world.now - lease.at < LEASE_MS
  ensure(!world.workers.some(isLive), 'there is at most one live lease')
  ensure(!world.paused, 'nothing is called while paused')
  ensure(decided.row.version >= world.claimedVersion, 'no claim is below an earlier one')
  world.claimedVersion = decided.row.version
  worker.lease = { row: decided.row, revision: (seen?.revision ?? 0) + 1, trigger, at: world.now }
}

// Whatever the wall clocks say: only the store's own counts.
const land = (world: RowWorld, version: number) =>
  ensure(version >= world.claimedVersion, 'no effect comes after a newer version was claimed')

/** A worker makes its call, unless it is too late to; what has no known end may land `landsAfterMs` later. */
export const call = (world: RowWorld, worker: Worker, outcome: Outcome, landsAfterMs?: number): void => {
  const { lease } = worker
  if (!lease || lease.outcome) return
  if (world.now - lease.at > LATEST_CALL_START_MS) {
    delete worker.lease
    return
  }
  lease.outcome = outcome
  lease.calledAt = world.now
  if (outcome.kind === 'delivered') land(world, lease.row.version)
  if (outcome.kind === 'unknown' && landsAfterMs !== undefined)
    world.landing.push({ version: lease.row.version, at: world.now + landsAfterMs })
}

/** A worker whose call has ended writes how. */
export const settle = (world: RowWorld, worker: Worker): void => {
  const { lease } = worker
  if (!lease?.outcome) return
  delete worker.lease
  const tookMs = world.now - (lease.calledAt ?? world.now)
  const context = { now: world.now + worker.skewMs, tookMs, retry, recovery }
  const { row, ack } = decideSettle(lease.row, lease.outcome, lease.trigger, context)
  const settled = write(world, row, lease.revision, { kind: 'settle', trigger: lease.trigger })
  if (settled && ack) checkAck(world, row.version)
}

/** A worker dies at once: what it knows is gone, what it has sent is not. */
export const crash = (worker: Worker): void => {
  delete worker.reading
  delete worker.lease
}

/** The process that owns the store, and with it every worker, is killed and starts again. */
export const restart = (world: RowWorld): void => {
  for (const worker of world.workers) crash(worker)
  delete world.owner
  world.boot += 1
  world.startedAt = world.now
}

/** The broker's dead letter for a version is parked. */
export const park = (world: RowWorld, version: number): void => {
  const seen = look(world)
  const context = { now: world.now, token: nextToken(world) }
  const decided = decidePark(seen, { ...KEY, version }, context)
  if (decided.decision === 'park')
    ensure(write(world, decided.row, seen?.revision, { kind: 'park' }), 'nobody came between')
  if (decided.decision !== 'wait') {
    const row = world.stored?.row
    const isKept = row?.version === version && row.parkedAt !== undefined
    if (!isKept) checkAck(world, version)
  }
}

/** Time passes; effects land when their time has come. */
export const advance = (world: RowWorld, ms: number): void => {
  const end = world.now + ms
  for (const effect of world.landing.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)) {
    world.now = Math.max(world.now, effect.at)
    land(world, effect.version)
  }
  world.landing = world.landing.filter(({ at }) => at > end)
  world.now = end
}
