import type { CenterQuery } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { createAuditLog } from '../operations/audit-log.ts'
import { createCenterList } from '../intake/center-list.ts'
import { createCenterStore } from '../intake/center-store.ts'
import { createDeliverySearch } from '../search/delivery-search.ts'
import { createFailureNotes } from '../operations/failure-notes.ts'
import { createStats } from '../stats/stats.ts'
import { createGroupCommit } from './group-commit.ts'
import { createIntegrationStates } from '../ledger/integration-states.ts'
import { createLedger } from '../ledger/ledger.ts'
import { createMessageQueue } from '../broker/message-queue.ts'
import { openMemoryDatabase } from './open-database.ts'
import { createOutbox } from '../intake/outbox.ts'
import { createPurge } from '../operations/purge.ts'
import { createRedriveStore } from '../operations/redrive-store.ts'
import { writeOf } from '../testing/sample-write.ts'
import { createReleaseLeases } from '../ledger/release-leases.ts'
import { createUnreadableMessages } from '../operations/unreadable-messages.ts'

/** Every statement that the given work prepares. */
const statementsOf = (db: DatabaseSync, work: () => void): string[] => {
  const statements: string[] = []
  const prepare = db.prepare.bind(db)
  db.prepare = (sql) => {
    statements.push(sql)
    return prepare(sql)
  }
  work()
  db.prepare = prepare
  return statements
}

const planOf = (db: DatabaseSync, sql: string): string[] =>
  db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map(({ detail }) => String(detail))

const database = openMemoryDatabase()
const { db, close } = database
const commits = createGroupCommit(database)
const { read, write } = commits
afterAll(close)

const centers = () => createCenterStore(db, commits, createMessageQueue(db, commits, ['a']), () => {})

const prepared = statementsOf(db, () => {
  centers()
  createOutbox(db, commits)
  createLedger(db, commits)
  createIntegrationStates(db, write)
  createPurge(db, write)
  createUnreadableMessages(db, write)
  createRedriveStore(db, commits)
  createAuditLog(db, { read, write })
  createFailureNotes(db, { read, write })
  createStats(db, commits)
  createReleaseLeases(db)
  createDeliverySearch(db, read, [{ name: 'maas' }])
})

test('every part prepares its statements at the start, so that none is missed here', () => {
  expect(prepared.length).toBeGreaterThan(20)
})

// A table that grows must never be read from one end to the other; the list of integrations is short, and so is the part of
// a table that was read by a bound (`oldest`).
const isShort = (step: string) => ['SCAN integrations', 'SCAN oldest', 'SCAN retention'].includes(step)
test.each(prepared)('%s finds its rows by an index', (sql) => {
  expect(planOf(db, sql).filter((step) => step.startsWith('SCAN') && !isShort(step))).toEqual([])
})

// The order comes from the index too: no query sorts what is due.
test.each(prepared.filter((sql) => sql.includes('ORDER BY')))('%s does not sort', (sql) => {
  expect(planOf(db, sql).filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
})

const plansOfList = (query: CenterQuery): string[] => {
  const list = createCenterList(db, read)
  return statementsOf(db, () => void list(query)).flatMap((sql) => planOf(db, sql))
}
const pageToken = Buffer.from('7', 'latin1').toString('base64url')

test.each<[string, Omit<CenterQuery, 'pageSize'>]>([
  ['a later page', { pageToken }],
  ['a state', { state: 'SP' }],
  ['a city', { cityCode: '3509205' }],
  ['state and city', { pageToken, state: 'SP', cityCode: '3509205' }],
])('the list by %s finds its rows by an index', (_name, query) => {
  const plan = plansOfList({ pageSize: 50, ...query })
  expect(plan.length).toBeGreaterThan(0)
  expect(plan.filter((step) => step.startsWith('SCAN'))).toEqual([])
})

test('the first page walks the newest centers, without sorting', () => {
  expect(plansOfList({ pageSize: 50 })).toEqual(['SCAN centers'])
})

test('a text that many fit is compared in the order of the list: nothing is sorted, and few are read', async () => {
  const store = centers()
  for (let n = 0; n <= 200; n++) await store.create(writeOf(n))
  const plans = plansOfList({ pageSize: 50, q: 'cd' })
  expect(plans).toEqual(['SCAN centers'])
  expect(plansOfList({ pageSize: 50, q: 'cd', pageToken })).toEqual([
    'SEARCH centers USING INTEGER PRIMARY KEY (rowid<?)',
  ])
  expect(plansOfList({ pageSize: 50, q: 'cd', state: 'SP' })[0]).toContain('USING INDEX centers_state')
})
