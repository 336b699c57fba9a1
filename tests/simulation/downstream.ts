import { CALL_MS, type ExternalCall, type Outcome } from '@mensageria/core'
import type { DownstreamEffect } from '@mensageria/testkit'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

/** A call: from its start to the moment at which its worker has, or would have had, the answer. */
export type CallSpan = { system: string; centerId: string; from: number; to: number }

type Mode = 'up' | 'down' | 'refused-connection' | 'answer-lost' | 'slow' | 'hang'

const MODES = ['up', 'up', 'up', 'down', 'down', 'refused-connection', 'answer-lost', 'slow', 'hang'] as const

/** A system that fails in patterns: its mode changes now and then until it is healed. */
export type Downstream = {
  call: ExternalCall
  effects: DownstreamEffect[]
  spans: CallSpan[]
  /** It is down from now on, until it is healed. */
  fail(): void
  heal(): void
}

const transient = (cause: string): Outcome => ({ kind: 'transient', cause, message: cause })
const unknown = (cause: string): Outcome => ({ kind: 'unknown', cause, message: cause })

type Options = { name: string; scheduler: Scheduler; random: Random; poison: ReadonlySet<string> }

/**
 * A downstream that keeps one record a center and makes each effect that is asked for: only a look-up before the call, or
 * a key that it honors, keeps one from coming twice. A slow one honors keys, because its effect may land when nobody
 * listens any more.
 */
export const createDownstream = ({ name, scheduler, random, poison }: Options): Downstream => {
  const effects: DownstreamEffect[] = []
  const spans: CallSpan[] = []
  const records = new Map<string, number>()
  const keys = new Set<string>()
  const honorsKeys = random.chance(0.5)
  let settled = false
  let mode: Mode = random.pick(MODES)

  const change = () => {
    if (settled) return
    mode = random.pick(MODES)
    if (!honorsKeys && (mode === 'slow' || mode === 'hang')) mode = 'answer-lost'
    scheduler.at(scheduler.elapsed() + random.between(5_000, 400_000), change)
  }
  change()

  const land = (centerId: string, version: number, idempotencyKey: string) => {
    if (honorsKeys && keys.has(idempotencyKey)) return
    keys.add(idempotencyKey)
    records.set(centerId, version)
    effects.push({ system: name, centerId, version, idempotencyKey })
  }

  const call: ExternalCall = async ({ data }, { idempotencyKey, mayHaveEffect }) => {
    const { id: centerId, version } = data
    const span = { system: name, centerId, from: scheduler.elapsed(), to: scheduler.elapsed() }
    spans.push(span)
    const now = mode
    const landLater = (ms: number) =>
      scheduler.at(scheduler.elapsed() + ms, () => land(centerId, version, idempotencyKey))
    const wait = async (ms: number, outcome: Outcome): Promise<Outcome> => {
      span.to = span.from + ms
      await scheduler.delay(ms)
      return outcome
    }
    if (now === 'refused-connection') return wait(5, transient('connection-refused'))
    if (now === 'down') return wait(20, transient('http-503'))
    if (poison.has(centerId))
      return wait(20, { kind: 'rejected', cause: 'rejected:poison', message: 'Refused' })
    // The look-up: what is there already needs no second call.
    if (mayHaveEffect && records.get(centerId) === version) return wait(20, { kind: 'delivered' })
    switch (now) {
      case 'answer-lost':
        landLater(random.between(1, 200))
        return wait(random.between(300, CALL_MS), unknown('connection-reset'))
      case 'slow':
        // Some of these land after everybody has stopped waiting, but before a newer version may be sent.
        landLater(random.between(1_000, 1.5 * CALL_MS))
        return wait(CALL_MS, unknown('timeout'))
      case 'hang':
        return wait(CALL_MS, unknown('timeout'))
      case 'up':
        landLater(random.between(1, 100))
        return wait(random.between(101, 400), { kind: 'delivered' })
      default:
        return now satisfies never
    }
  }

  return {
    call,
    effects,
    spans,
    fail: () => {
      settled = true
      mode = 'down'
    },
    heal: () => {
      settled = true
      mode = 'up'
    },
  }
}
