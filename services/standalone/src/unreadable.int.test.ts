import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { IntegrationPolicy, toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { toSettings } from '@mensageria/core'
import { openEmbedded, type Embedded } from '@mensageria/embedded'
import { createLogger } from '@mensageria/runtime'
import { buildStandalone } from './standalone.ts'

const settings = {
  ...toSettings('dmitri', IntegrationPolicy.parse({}), { minIntervalMs: 1, maxIntervalMs: 1 }),
  retry: { minBackoffMs: 1, maxBackoffMs: 1, attemptsMax: 2 },
}

const openAt = (dataDir: string): Embedded =>
  openEmbedded({ dataDir, subscriptions: [settings], onError: () => undefined })

// A message can only become unreadable where somebody damages the file: here, between two runs.
const damage = (dataDir: string): void => {
  const db = new DatabaseSync(join(dataDir, 'mensageria.db'))
  db.exec(`UPDATE events SET data = '{"damaged'`)
  db.close()
}

const untilKept = async (engine: Embedded) => {
  for (;;) {
    const { items } = await engine.unreadable.list({ pageSize: 10 })
    if (items.length > 0) return items
    await pause(10)
  }
}

test('a queued message that nobody can read ends among the unreadable ones, as it is, and not in the queue', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-unreadable-'))
  const before = openAt(dataDir)
  const stored = { center, requestId: 'r', traceparent: undefined, actor: 'local' }
  await before.centers.create({ stored, event: toEvent(center, undefined) })
  // Its backfill is done: what comes is from the queue.
  await before.states.write('dmitri', 'membership', { unsettledAt: 0, backfilledSince: 0 })
  before.close()
  damage(dataDir)

  const lines: string[] = []
  const logger = createLogger({
    level: 'debug',
    service: 'test',
    destination: { write: (line: string) => void lines.push(line) },
  })
  let calls = 0
  const call = async () => {
    calls += 1
    return { kind: 'delivered' } as const
  }
  const engine = openAt(dataDir)
  const standalone = await buildStandalone({
    engine,
    integrations: [{ settings, integration: { name: 'dmitri', call, close: () => Promise.resolve() } }],
    logger,
    sweepIntervalMs: 3_600_000,
  })
  try {
    const [kept, ...others] = await untilKept(engine)
    expect(kept).toMatchObject({ subscription: 'dmitri', reason: 'The data is not JSON' })
    expect(Buffer.from(kept?.data ?? '', 'base64').toString()).toBe('{"damaged')
    expect([others, calls]).toEqual([[], 0])
  } finally {
    await standalone.close()
  }
  // Two pushes that are refused, then the dead letter.
  expect(lines.filter((line) => line.includes('message.unreadable'))).toHaveLength(3)

  // What was acknowledged is not pushed again by the next start.
  const db = new DatabaseSync(join(dataDir, 'mensageria.db'))
  expect(db.prepare('SELECT count(*) AS n FROM messages').get()).toEqual({ n: 0 })
  db.close()
  await rm(dataDir, { recursive: true })
})
