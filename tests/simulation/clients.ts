import { composeIntake, type Engine, type Ids, type Publisher } from '@mensageria/core'
import type { MemoryEngine } from '@mensageria/memory'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

const CLIENT_MS = 10_000

type Options = {
  scheduler: Scheduler
  random: Random
  ids: Ids
  stored: MemoryEngine['stored']
  /** Centers whose data every system refuses. */
  poison: Set<string>
  publisher: Publisher
  /** What the next request works with: a run of its own. */
  engine: () => Engine
}

/** Clients that ask until they have an answer, as one with a retry does. */
export const createClients = (options: Options) => {
  const { scheduler, random, ids, stored, poison, publisher, engine } = options
  const { clock } = scheduler
  const answers: { centerId: string; version: number }[] = []

  const ask = async (request: () => Promise<{ id: string; version: number } | undefined>): Promise<void> => {
    const late = scheduler.delay(CLIENT_MS).then(() => undefined)
    const center = await Promise.race([request().catch(() => undefined), late])
    if (center) {
      answers.push({ centerId: center.id, version: center.version })
      return
    }
    await scheduler.delay(random.between(1_000, 20_000))
    await ask(request)
  }
  const request = { caller: 'client', traceparent: ids.traceparent() }

  return {
    answers,
    register: (n: number): Promise<void> =>
      ask(async () => {
        const { register } = composeIntake(engine(), { publisher, clock, ids })
        const result = await register(sampleRegistration(n), request)
        if (result.kind === 'exists') return result.existing
        if (result.kind === 'key-reused') return undefined
        if (random.chance(0.05)) poison.add(result.center.id)
        return result.center
      }),
    update: (n: number, edit: number): Promise<void> =>
      ask(async () => {
        const registration = sampleRegistration(n)
        const [centerId] = answers.flatMap((answer) => {
          const center = stored.centers.get(answer.centerId)?.center
          return center?.taxId === registration.taxId ? [center.id] : []
        })
        if (centerId === undefined) return undefined
        const { update } = composeIntake(engine(), { publisher, clock, ids })
        const expected = { any: true } as const
        const changed = { ...registration, name: `${registration.name} ${edit}` }
        const result = await update(changed, { ...request, centerId, expected })
        return 'center' in result ? result.center : undefined
      }),
  }
}
