import { openEmbedded } from '@mensageria/embedded'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describeUpgrade, expected, FIXTURE, NAMES } from './describe-upgrade.ts'

// Opening a file changes it, so each test has a copy.
const folders: string[] = []
const copyFixture = async (): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-upgrade-'))
  folders.push(dataDir)
  await cp(join(FIXTURE, 'mensageria.db'), join(dataDir, 'mensageria.db'))
  return dataDir
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

const openIn = (dataDir: string) =>
  openEmbedded({
    dataDir,
    subscriptions: NAMES.map((name) => ({ name, retry: expected.settings.retry, concurrencyMax: 4 })),
    onError: (error) => {
      throw error
    },
  })

// Its rows are sorted by another time than in 0.1.
describeUpgrade(
  'embedded',
  async () => {
    const dataDir = await copyFixture()
    return () => openIn(dataDir)
  },
  { keepsPlaces: false },
)

test('every queued message of release 0.1.0 is there, with its attempts', async () => {
  const dataDir = await copyFixture()
  openIn(dataDir).close()
  const db = new DatabaseSync(join(dataDir, 'mensageria.db'))
  const queued = db
    .prepare(
      `SELECT subscription, source, e.id AS eventId, attempts FROM messages JOIN events e ON e.seq = event_seq
       ORDER BY event_seq, subscription`,
    )
    .all()
  db.close()
  expect(queued.map((message) => ({ ...message }))).toEqual(expected.embedded.queuedMessages)
})
