import { centerIdOf, toEvent, type DistributionCenter, type FailureKind } from '@mensageria/contracts'
import { blankRow, type CenterWrite, type DeliveryRow, type Due, type Engine } from '@mensageria/core'
import { cnpjOf, sampleRegistration } from '../sample-registration.ts'

/** When sample center 0 is accepted; center `n` follows `n` milliseconds later. */
export const START = Date.parse('2026-11-20T12:00:00.000Z')
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

/** The id of sample center `n`. */
export const idOf = (n: number): string => centerIdOf(cnpjOf(n))

/** The commit of a version of sample center `n`. */
export const writeOf = (n: number, version = 1, requestId = `request-${n}-${version}`): CenterWrite => {
  const registration = sampleRegistration(n)
  const center: DistributionCenter = {
    id: centerIdOf(registration.taxId),
    version,
    createdAt: new Date(START + n).toISOString(),
    updatedAt: new Date(START + n + (version - 1) * 1000).toISOString(),
    ...registration,
  }
  return {
    stored: { center, requestId, traceparent: TRACEPARENT, actor: `actor-${version}` },
    event: toEvent(center, TRACEPARENT),
  }
}

type RowOptions = { integration?: string; version?: number; state?: DeliveryRow['state']; dueAt?: number }

/** A row of a center; at maas, `delivering` and due at 1000 unless said. */
export const deliveryRowOf = (centerId: string, options: RowOptions = {}): DeliveryRow => {
  const { integration = 'maas', version = 1, state = 'delivering', dueAt = 1000 } = options
  const row = blankRow({ integration, centerId }, version, `token-${version}`)
  const isClosed = state === 'rejected' || state === 'delivered' || state === 'retired'
  return isClosed ? { ...row, state } : { ...row, state, dueAt }
}

/** What is due at a time; no plan can be more than 12 hours ahead. */
export const dueAt = (now: number): Due => ({ now, latest: now + 12 * 3_600_000 })

/** What an attempt leaves in a row; `at` is the time of the last attempt, absent for a row that was never called. */
export type Attempted = Pick<RowOptions, 'version'> & {
  kind?: FailureKind
  cause?: string
  at?: number | undefined
  /** When this cause first came. */
  since?: number
  parkedAt?: number
}

/** The row of sample center `n` after an attempt, which was at 1000 + n unless said. */
export const attemptedRow = (
  n: number,
  integration: string,
  state: DeliveryRow['state'],
  fields: Attempted = {},
): DeliveryRow => {
  const { version = 1, kind = 'transient', cause, parkedAt } = fields
  const at = 'at' in fields ? fields.at : 1000 + n
  const { since = at } = fields
  const lastFailure =
    cause === undefined || at === undefined
      ? undefined
      : { kind, cause, message: `it said ${cause}`, at, ...(since === undefined ? {} : { since }) }
  return {
    ...deliveryRowOf(idOf(n), { integration, state, version }),
    firstAttemptAt: at,
    lastAttemptAt: at,
    lastFailure,
    parkedAt,
  }
}

/** What suites do to an engine, in one line each; centers are named by their number. */
export const createActs = (engine: Pick<Engine, 'centers' | 'ledger' | 'outbox'>) => {
  const putRow = async (row: DeliveryRow): Promise<void> => {
    const found = await engine.ledger.read(row)
    await (found ? engine.ledger.replace(row, found.revision) : engine.ledger.create(row))
  }
  return {
    accept: async (...numbers: readonly number[]): Promise<void> => {
      for (const n of numbers) await engine.centers.create(writeOf(n))
    },
    update: async (n: number, version = 2): Promise<void> => {
      const expected = (await engine.centers.read(idOf(n)))?.revision ?? ''
      await engine.centers.update({ ...writeOf(n, version), expected })
    },
    /** Closes the events of these centers, of every version up to this one. */
    close: async (numbers: readonly number[], version = 1): Promise<void> => {
      const versions = Array.from({ length: version }, (_, index) => index + 1)
      const ids = numbers.flatMap((n) => versions.map((one) => writeOf(n, one).event.id))
      await engine.outbox.close(ids, START + 60_000)
    },
    putRow,
    put: (n: number, integration: string, state: DeliveryRow['state'], fields?: Attempted): Promise<void> =>
      putRow(attemptedRow(n, integration, state, fields)),
  }
}
