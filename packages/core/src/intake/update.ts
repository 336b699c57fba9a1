import {
  centerIdOf,
  fingerprintOf,
  toEvent,
  type DistributionCenter,
  type Publication,
  type Registration,
} from '@mensageria/contracts'
import type { CenterStore, Clock, Ids } from '../ports/index.ts'
import type { Publish } from './publish.ts'
import { registrationOf } from './registration-of.ts'

/** What `If-Match` asks for: any version, or one tag's content (`undefined` content for a weak tag: it never matches). */
export type ExpectedVersion = { any: true } | { any: false; tag: string | undefined }

export type UpdateRequest = {
  caller: string
  centerId: string
  expected: ExpectedVersion
  traceparent: string
}

export type UpdateResult =
  | { kind: 'updated'; center: DistributionCenter; publication: Publication }
  | { kind: 'same'; center: DistributionCenter }
  | { kind: 'other-tax-id' }
  | { kind: 'not-found' }
  | { kind: 'version-mismatch'; current: DistributionCenter }

// A version is never older than the one before it, whatever the clock says: people and callers sort by it.
const notBefore = (updatedAt: string, now: number): string =>
  new Date(Math.max(now, Date.parse(updatedAt))).toISOString()

export type UpdateDeps = { centers: CenterStore; publish: Publish; clock: Clock; ids: Ids }

/**
 * Replaces a center's data. Data equal to the current version is `same`, whatever version was expected: it is a retry
 * whose answer was lost. A lost race is tried again where any version is expected.
 */
export const createUpdate = ({ centers, publish, clock, ids }: UpdateDeps) => {
  return async (registration: Registration, request: UpdateRequest): Promise<UpdateResult> => {
    if (centerIdOf(registration.taxId) !== request.centerId) return { kind: 'other-tax-id' }
    const requestId = ids.next()
    const fingerprint = fingerprintOf(registration)

    for (let turn = 0; turn < 10; turn++) {
      const found = await centers.read(request.centerId)
      if (!found) return { kind: 'not-found' }
      const current = found.center
      if (found.requestId === requestId) {
        return {
          kind: 'updated',
          center: current,
          publication: await publish(toEvent(current, request.traceparent)),
        }
      }
      if (fingerprintOf(registrationOf(current)) === fingerprint) return { kind: 'same', center: current }
      if (!request.expected.any && request.expected.tag !== String(current.version)) {
        return { kind: 'version-mismatch', current }
      }
      const center: DistributionCenter = {
        id: current.id,
        version: current.version + 1,
        createdAt: current.createdAt,
        updatedAt: notBefore(current.updatedAt, clock.now()),
        ...registration,
      }
      const event = toEvent(center, request.traceparent)
      const stored = { center, requestId, traceparent: request.traceparent, actor: request.caller }
      const commit = await centers.update({ stored, event, expected: found.revision })
      if (commit.committed) {
        return { kind: 'updated', center, publication: commit.published ? 'published' : await publish(event) }
      }
    }
    throw new Error('The update was overtaken by other requests again and again')
  }
}

export type Update = ReturnType<typeof createUpdate>
