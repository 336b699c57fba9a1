import { defined, fold, type DistributionCenter } from '@mensageria/contracts'
import {
  auditOf,
  textMatches,
  type CenterQuery,
  type CenterStore,
  type CenterWrite,
  type IdempotencyWrite,
  type StoredCenter,
} from '@mensageria/core'
import type { Context } from '../context.ts'
import { pageOf } from '../pages.ts'
import { nextRevision, type Stored } from '../stored.ts'
import { openEvent } from './outbox.ts'

const REFUSED = { committed: false } as const
const COMMITTED = { committed: true, published: false } as const

/** What the text of a search is compared with. */
export const textKeys = ({ name, code = '', taxId }: DistributionCenter): string[] =>
  [name, code, taxId].map(fold)

const isListed = (center: DistributionCenter, { state, cityCode, q }: CenterQuery): boolean =>
  (state === undefined || center.address.state === state) &&
  (cityCode === undefined || center.address.cityCode === cityCode) &&
  (q === undefined || textMatches(textKeys(center), q))

const keptAs = (caller: string, key: string): string => JSON.stringify([caller, key])

const maySave = ({ idempotency }: Stored, { record, replaces }: IdempotencyWrite): boolean =>
  idempotency.get(keptAs(record.caller, record.key))?.revision === replaces

const save = (stored: Stored, { record }: IdempotencyWrite): void => {
  const revision = nextRevision(stored)
  stored.idempotency.set(keptAs(record.caller, record.key), { ...record, revision })
}

/** Puts a version of a center there, whatever was there before. */
export const putCenter = (stored: Stored, written: StoredCenter): void => {
  const { center } = written
  const before = stored.centers.get(center.id)
  const acceptedAt = Date.parse(center.updatedAt)
  stored.centers.set(center.id, {
    ...written,
    revision: nextRevision(stored),
    createdAt: before?.createdAt ?? Date.parse(center.createdAt),
    acceptedAt,
    place: before?.place ?? stored.centers.size,
  })
  const name = center.updatedAt.slice(0, 10)
  const day = stored.days.get(name) ?? { registered: 0, updated: 0, integrations: new Map() }
  day[before ? 'updated' : 'registered'] += 1
  stored.days.set(name, day)
}

const commit = (stored: Stored, write: CenterWrite): typeof COMMITTED => {
  putCenter(stored, write.stored)
  openEvent(stored, write.event)
  stored.audit.push(auditOf(write))
  return COMMITTED
}

/** The center store port; an event, its center and its idempotency record are one step. */
export const createCenterStore = ({ stored, asks }: Context): CenterStore => ({
  create: ({ idempotency, ...write }) =>
    asks.compareAndSet(
      'centers.create',
      () => {
        if (stored.centers.has(write.stored.center.id)) return REFUSED
        if (idempotency && !maySave(stored, idempotency)) return REFUSED
        if (idempotency) save(stored, idempotency)
        return commit(stored, write)
      },
      REFUSED,
    ),
  update: ({ expected, ...write }) =>
    asks.compareAndSet(
      'centers.update',
      () =>
        stored.centers.get(write.stored.center.id)?.revision === expected ? commit(stored, write) : REFUSED,
      REFUSED,
    ),
  read: (centerId) =>
    asks.run('centers.read', () => {
      const found = stored.centers.get(centerId)
      if (!found) return undefined
      const { center, requestId, traceparent, actor, revision } = found
      return { center, requestId, traceparent, revision, ...defined({ actor }) }
    }),
  list: (query) =>
    asks.run('centers.list', () => {
      const listed = [...stored.centers.values()].filter((entry) => isListed(entry.center, query))
      const placed = listed.map((entry) => ({ value: entry.center, at: 0, place: entry.place }))
      return pageOf(placed, query)
    }),
  readIdempotency: (caller, key) =>
    asks.run('centers.readIdempotency', () => stored.idempotency.get(keptAs(caller, key))),
  saveIdempotency: (write) =>
    asks.compareAndSet(
      'centers.saveIdempotency',
      () => {
        if (!maySave(stored, write)) return false
        save(stored, write)
        return true
      },
      false,
    ),
})
