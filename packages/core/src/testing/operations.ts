import type { Redrive } from '../model/redrive.ts'
import type {
  AuditEntry,
  CenterStore,
  DeliverySearch,
  FoundDelivery,
  Ledger,
  RedriveStore,
} from '../ports/index.ts'
import { shownState } from '../redrive/redrive.ts'
import { isActive } from '../redrive/redrive-steps.ts'

/** Redrives in memory; `written` lists every version that was written, in order. */
export const createTestRedrives = () => {
  const kept = new Map<string, { redrive: Redrive; revision: string }>()
  const written: Redrive[] = []
  const put = (redrive: Redrive): string => {
    const revision = String(Number(kept.get(redrive.id)?.revision ?? 0) + 1)
    kept.set(redrive.id, { redrive, revision })
    written.push(redrive)
    return revision
  }
  const store: RedriveStore = {
    create: async (redrive) => (kept.has(redrive.id) ? undefined : put(redrive)),
    read: async (id) => kept.get(id),
    update: async (redrive, expected) =>
      kept.get(redrive.id)?.revision === expected ? put(redrive) : undefined,
    active: async () => [...kept.values()].map(({ redrive }) => redrive).filter(isActive),
    list: async () => ({ items: [...kept.values()].map(({ redrive }) => redrive).toReversed() }),
  }
  return { ...store, written, all: () => [...kept.values()].map(({ redrive }) => redrive) }
}

/** A search over every center of a store at each integration; its tokens are places in that list. */
export const createTestSearch = (
  centers: Pick<CenterStore, 'list'>,
  ledger: Pick<Ledger, 'ofCenter'>,
  integrations: readonly string[],
): DeliverySearch => ({
  find: async (filter, { pageSize, pageToken = '0' }) => {
    const { items } = await centers.list({ pageSize: 1000 })
    const all: FoundDelivery[] = []
    for (const center of items) {
      const rows = await ledger.ofCenter(center.id)
      for (const integration of integrations) {
        const row = rows.find((one) => one.integration === integration)
        all.push({ integration, centerId: center.id, centerVersion: center.version, row })
      }
    }
    const fits = ({ integration, centerId, centerVersion, row }: FoundDelivery) =>
      (filter.integration ?? integration) === integration &&
      (filter.centerId ?? centerId) === centerId &&
      (filter.cause ?? row?.lastFailure?.cause) === row?.lastFailure?.cause &&
      (filter.states?.includes(shownState(row, centerVersion)) ?? true)
    const found: FoundDelivery[] = []
    let place = Number(pageToken)
    for (; place < all.length && found.length < pageSize; place++) {
      const one = all[place]
      if (one && fits(one)) found.push(one)
    }
    return { items: found, ...(place < all.length ? { nextPageToken: String(place) } : {}) }
  },
})

/** An audit log in memory. */
export const createTestAudit = () => {
  const entries: AuditEntry[] = []
  return { entries, append: async (entry: AuditEntry) => void entries.push(entry) }
}
