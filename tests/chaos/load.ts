import type { DistributionCenter, Registration } from '@mensageria/contracts'
import { centerIdOf, DistributionCenter as Center } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../simulation/random.ts'
import type { Client } from '../support/client.ts'

/** What the load did; times in epoch milliseconds, by `center id:version`. */
export type LoadLog = {
  registrations: number
  updates: number
  requests: number
  acceptedAt: Map<string, number>
  /** The newest accepted version, by center id. */
  newest: Map<string, number>
  /** Answers that a client which keeps to the rules must never get. */
  wronglyRefused: string[]
}

/** Requests a second, and how many of them are updates. */
export type LoadOptions = { perSecond: number; updateShare: number }

export type Load = {
  log: LoadLog
  /** Asks for nothing new; resolves when every request that was begun has its answer. */
  stop(): Promise<void>
}

const RETRY_MS = [200, 2_000] as const
const TWICE_SHARE = 0.05

/**
 * Registers centers at a rate, updates some of them, and asks some twice at once. As a client should, it repeats what was
 * not answered, or was answered with 503, with the same Idempotency-Key or version, until it knows.
 */
export const startLoad = (
  client: Client,
  url: string,
  random: Random,
  { perSecond, updateShare }: LoadOptions,
): Load => {
  const log: LoadLog = {
    registrations: 0,
    updates: 0,
    requests: 0,
    acceptedAt: new Map(),
    newest: new Map(),
    wronglyRefused: [],
  }
  const known: { registration: Registration; version: number }[] = []
  const open = new Set<Promise<void>>()
  let last = 0

  const accept = ({ id, version }: Pick<DistributionCenter, 'id' | 'version'>) => {
    const key = `${id}:${version}`
    if (!log.acceptedAt.has(key)) log.acceptedAt.set(key, Date.now())
    log.newest.set(id, Math.max(version, log.newest.get(id) ?? 0))
  }

  const untilAnswered = async (
    ask: () => Promise<Response>,
    asked: { id: string; version: number },
  ): Promise<boolean> => {
    for (;;) {
      log.requests += 1
      const answer = await ask().catch(() => undefined)
      if (answer?.ok) {
        const { id, version } = Center.parse(await answer.json())
        if (id !== asked.id || version !== asked.version)
          log.wronglyRefused.push(`${asked.id}:${asked.version} was answered as ${id}:${version}`)
        accept({ id, version })
        return true
      }
      // Not kept, or given up by the store and kept all the same: only the next answer tells.
      if (answer) client.log.unanswered.push({ centerId: asked.id, version: asked.version })
      if (answer && answer.status !== 503) {
        log.wronglyRefused.push(`${asked.id}:${asked.version} was answered ${answer.status}`)
        return false
      }
      await sleep(random.between(...RETRY_MS))
    }
  }

  const register = async () => {
    const n = (last += 1)
    const registration = sampleRegistration(n)
    const asked = { id: centerIdOf(registration.taxId), version: 1 }
    const keys = random.chance(TWICE_SHARE) ? [`chaos-${n}`, `chaos-${n}-again`] : [`chaos-${n}`]
    log.registrations += 1
    const answered = await Promise.all(
      keys.map((key) =>
        untilAnswered(() => client.post(url, registration, { 'idempotency-key': key }), asked),
      ),
    )
    if (answered.every(Boolean)) known.push({ registration, version: 1 })
  }

  // One writer at a time for each center: a 412 is wrong then.
  const update = async () => {
    const [taken] = known.splice(Math.floor(random.next() * known.length), 1)
    if (!taken) return register()
    const version = taken.version + 1
    const registration = { ...taken.registration, name: `CD Nova ${last} v${version}` }
    const asked = { id: centerIdOf(registration.taxId), version }
    log.updates += 1
    const answered = await untilAnswered(() => client.put(url, registration, taken.version), asked)
    if (answered) known.push({ registration, version })
    return undefined
  }

  const begin = () => {
    const work = known.length > 0 && random.chance(updateShare) ? update() : register()
    const done: Promise<void> = work.finally(() => open.delete(done))
    open.add(done)
  }
  const timer = setInterval(begin, 1_000 / perSecond)
  return {
    log,
    stop: async () => {
      clearInterval(timer)
      await Promise.all(open)
    },
  }
}
