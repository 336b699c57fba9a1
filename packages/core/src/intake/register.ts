import {
  centerIdOf,
  fingerprintOf,
  toEvent,
  type DistributionCenter,
  type Publication,
  type Registration,
} from '@mensageria/contracts'
import { hasHappened } from '../model/believed.ts'
import type {
  CenterStore,
  Clock,
  IdempotencyRecord,
  IdempotencyWrite,
  Ids,
  Revision,
} from '../ports/index.ts'
import type { Publish } from './publish.ts'
import { registrationOf } from './registration-of.ts'

/** Who asks, and how: `idempotencyKey` is already parsed, `traceparent` is checked or newly made. */
export type RegisterRequest = { caller: string; idempotencyKey?: string; traceparent: string }

export type RegisterResult =
  | { kind: 'created'; center: DistributionCenter; publication: Publication }
  | { kind: 'same'; center: DistributionCenter }
  | { kind: 'replayed'; center: DistributionCenter; status: 200 | 201 }
  | { kind: 'exists'; existing: DistributionCenter }
  | { kind: 'key-reused' }

export type RegisterDeps = { centers: CenterStore; publish: Publish; clock: Clock; ids: Ids }

/** How long a kept answer is replayed: long enough for a client that retries over a night. */
export const IDEMPOTENCY_MS = 24 * 3_600_000

/**
 * Registers a center: one commit without a read where it is new. The same data again is `same` and publishes nothing;
 * other data under the same CNPJ is `exists`. Throws where the store cannot commit; nothing is kept then.
 */
export const createRegister = ({ centers, publish, clock, ids }: RegisterDeps) => {
  const idempotencyWrite = (
    request: RegisterRequest,
    fingerprint: () => string,
    answer: Pick<IdempotencyRecord, 'status' | 'center'>,
    replaces: string | undefined,
  ): IdempotencyWrite | undefined =>
    request.idempotencyKey === undefined
      ? undefined
      : {
          record: {
            ...answer,
            fingerprint: fingerprint(),
            caller: request.caller,
            key: request.idempotencyKey,
            expiresAt: clock.now() + IDEMPOTENCY_MS,
          },
          ...(replaces === undefined ? {} : { replaces }),
        }

  // Kept by a clock that was ahead, it would be replayed for as long as that jump was: from now on it has its own time left. A
  // write that fails is made by the next request with this key.
  const keepNoLonger = async ({
    revision: replaces,
    ...record
  }: IdempotencyRecord & { revision: Revision }) => {
    const latest = clock.now() + IDEMPOTENCY_MS
    if (record.expiresAt <= latest) return
    await centers
      .saveIdempotency({ record: { ...record, expiresAt: latest }, replaces })
      .catch(() => undefined)
  }

  return async (registration: Registration, request: RegisterRequest): Promise<RegisterResult> => {
    const at = new Date(clock.now()).toISOString()
    const center: DistributionCenter = {
      id: centerIdOf(registration.taxId),
      version: 1,
      createdAt: at,
      updatedAt: at,
      ...registration,
    }
    const requestId = ids.next()
    const event = toEvent(center, request.traceparent)
    const stored = { center, requestId, traceparent: request.traceparent, actor: request.caller }
    let replaces: string | undefined
    // Worked out only where somebody asks for it: a new center without a key needs none.
    let computed: string | undefined
    const fingerprint = () => (computed ??= fingerprintOf(registration))

    // One turn is the rule; a second one follows when a kept answer has expired, or another request was faster.
    for (let turn = 0; turn < 4; turn++) {
      const idempotency = idempotencyWrite(request, fingerprint, { status: 201, center }, replaces)
      const commit = await centers.create({ stored, event, ...(idempotency ? { idempotency } : {}) })
      if (commit.committed) {
        const publication = commit.published ? 'published' : await publish(event)
        return { kind: 'created', center, publication }
      }
      const found = await centers.read(center.id)
      // The commit went through although its answer was lost.
      if (found?.requestId === requestId)
        return { kind: 'created', center, publication: await publish(event) }

      if (request.idempotencyKey !== undefined) {
        const kept = await centers.readIdempotency(request.caller, request.idempotencyKey)
        if (kept && !hasHappened(kept.expiresAt, clock.now())) {
          if (kept.fingerprint !== fingerprint()) return { kind: 'key-reused' }
          await keepNoLonger(kept)
          return { kind: 'replayed', center: kept.center, status: kept.status }
        }
        replaces = kept?.revision
      }
      if (!found) continue
      if (fingerprintOf(registrationOf(found.center)) !== fingerprint())
        return { kind: 'exists', existing: found.center }
      const keep = idempotencyWrite(request, fingerprint, { status: 200, center: found.center }, replaces)
      if (!keep || (await centers.saveIdempotency(keep))) return { kind: 'same', center: found.center }
    }
    throw new Error('The registration was overtaken by other requests again and again')
  }
}

export type Register = ReturnType<typeof createRegister>
