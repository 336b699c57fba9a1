import { fold } from '@mensageria/contracts'
import type { DistributionCenter } from '@mensageria/contracts'
import { InvalidPageTokenError } from '@mensageria/core'
import type {
  CenterPage,
  CenterQuery,
  CenterStore,
  IdempotencyRecord,
  IdempotencyWrite,
  StoredCenter,
} from '@mensageria/core'

type Kept<T> = T & { revision: string; seq: number }

const matches = (center: DistributionCenter, { state, cityCode, q }: CenterQuery): boolean =>
  (state === undefined || center.address.state === state) &&
  (cityCode === undefined || center.address.cityCode === cityCode) &&
  (q === undefined ||
    [center.name, center.code ?? '', center.taxId].some((value) => fold(value).startsWith(q)))

const keyOf = (caller: string, key: string) => JSON.stringify([caller, key])

/** A store that forgets with the process: the compare-and-set of the port over maps, each write in one synchronous step. */
export const createMemoryCenterStore = (): CenterStore => {
  const centers = new Map<string, Kept<StoredCenter>>()
  const records = new Map<string, Kept<IdempotencyRecord>>()
  let writes = 0

  const keep = <T>(value: T, seq = writes + 1): Kept<T> => {
    writes += 1
    return { ...structuredClone(value), revision: String(writes), seq }
  }
  const maySave = ({ record, replaces }: IdempotencyWrite) =>
    records.get(keyOf(record.caller, record.key))?.revision === replaces
  const save = ({ record }: IdempotencyWrite) => records.set(keyOf(record.caller, record.key), keep(record))

  const list = ({ pageSize, pageToken, ...query }: CenterQuery): CenterPage => {
    if (pageToken !== undefined && !/^\d+$/.test(pageToken)) throw new InvalidPageTokenError('Unknown page')
    const before = pageToken === undefined ? Infinity : Number(pageToken)
    const found = [...centers.values()]
      .filter(({ center, seq }) => seq < before && matches(center, { pageSize, ...query }))
      .toSorted((a, b) => b.seq - a.seq)
    const page = found.slice(0, pageSize)
    const last = page.at(-1)
    return {
      items: page.map(({ center }) => center),
      ...(last && found.length > pageSize ? { nextPageToken: String(last.seq) } : {}),
    }
  }

  return {
    create: async ({ stored, idempotency }) => {
      const { id } = stored.center
      if (centers.has(id) || (idempotency && !maySave(idempotency))) return { committed: false }
      centers.set(id, keep(stored))
      if (idempotency) save(idempotency)
      return { committed: true, published: false }
    },
    update: async ({ stored, expected }) => {
      const found = centers.get(stored.center.id)
      if (found?.revision !== expected) return { committed: false }
      centers.set(stored.center.id, keep(stored, found.seq))
      return { committed: true, published: false }
    },
    read: async (id) => centers.get(id),
    list: async (query) => list(query),
    readIdempotency: async (caller, key) => records.get(keyOf(caller, key)),
    saveIdempotency: async (write) => {
      if (!maySave(write)) return false
      save(write)
      return true
    },
  }
}
