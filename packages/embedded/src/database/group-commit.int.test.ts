import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createGroupCommit } from './group-commit.ts'
import { openDatabase, openMemoryDatabase, type OpenDatabase } from './open-database.ts'
import { useTempDir } from '../testing/temp-dir.ts'

const dir = useTempDir()
let database: OpenDatabase
let write: ReturnType<typeof createGroupCommit>['write']
let writeOne: ReturnType<typeof createGroupCommit>['writeOne']
let finish: ReturnType<typeof createGroupCommit>['finish']

beforeEach(() => {
  database = openDatabase(dir())
  database.db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY)')
  ;({ write, writeOne, finish } = createGroupCommit(database))
})
afterEach(() => {
  if (database.db.isOpen) database.close()
})

const idsIn = (db: DatabaseSync) =>
  db
    .prepare('SELECT id FROM t ORDER BY id')
    .all()
    .map(({ id }) => id)
const insert = (id: number) => () => {
  database.db.exec(`INSERT INTO t VALUES (${id})`)
  return id
}

// sqlite.org/fileformat2.html 4.1: a frame whose second word (the size of the database after it) is not 0 ends a
// commit; frames of an earlier round of the file have other salts.
const commitsInWal = (): number => {
  const wal = readFileSync(join(dir(), 'mensageria.db-wal'))
  const pageSize = wal.readUInt32BE(8)
  let commits = 0
  for (let at = 32; at + 24 + pageSize <= wal.length; at += 24 + pageSize) {
    if (wal.compare(wal, 16, 24, at + 8, at + 16) !== 0) break
    if (wal.readUInt32BE(at + 4) !== 0) commits++
  }
  return commits
}

test('a write resolves with its result', async () => {
  expect(await write(() => 'result')).toBe('result')
})

test('one statement resolves with the number of rows that it changed', async () => {
  const statement = database.db.prepare('INSERT INTO t VALUES (?), (?)')
  expect(await writeOne(statement, 1, 2)).toBe(2)
})

test('a statement that fails half-way undoes itself alone: its neighbours in the batch are kept', async () => {
  const statement = database.db.prepare('INSERT INTO t VALUES (?), (?)')
  await writeOne(statement, 1, 2)
  const results = await Promise.allSettled([
    writeOne(statement, 3, 4),
    writeOne(statement, 5, 2),
    write(insert(6)),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(idsIn(database.db)).toEqual([1, 2, 3, 4, 6])
})

test('what resolved is on the disk: a copy of the files has it', async () => {
  await write(insert(1))
  const copy = join(dir(), 'copy')
  for (const name of ['mensageria.db', 'mensageria.db-wal']) cpSync(join(dir(), name), join(copy, name))
  const reader = new DatabaseSync(join(copy, 'mensageria.db'), { readOnly: true })
  try {
    expect(idsIn(reader)).toEqual([1])
  } finally {
    reader.close()
  }
})

test('writes that wait share one commit', async () => {
  const before = commitsInWal()
  const ids = Array.from({ length: 200 }, (_, id) => id)
  expect(await Promise.all(ids.map((id) => write(insert(id))))).toEqual(ids)
  expect(commitsInWal() - before).toBe(1)
  expect(idsIn(database.db)).toEqual(ids)
})

test('more than a commit takes are spread over the next ones, in order', async () => {
  const before = commitsInWal()
  const order: number[] = []
  const ids = Array.from({ length: 600 }, (_, id) => id)
  await Promise.all(ids.map(async (id) => order.push(await write(insert(id)))))
  expect(commitsInWal() - before).toBe(3)
  expect(order.length).toBe(600)
  expect(idsIn(database.db)).toEqual(ids)
})

test('writes one after the other are one commit each', async () => {
  const before = commitsInWal()
  for (const id of [1, 2, 3]) await write(insert(id))
  expect(commitsInWal() - before).toBe(3)
})

test('a write that throws undoes itself alone, however much it had done', async () => {
  const results = await Promise.allSettled([
    write(insert(1)),
    write(() => {
      database.db.exec('INSERT INTO t VALUES (2); INSERT INTO t VALUES (3)')
      throw new Error('changed its mind')
    }),
    write(insert(1)),
    write(insert(4)),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(results[1]).toMatchObject({ reason: { message: 'changed its mind' } })
  expect(idsIn(database.db)).toEqual([1, 4])
})

test('of a commit that fails nothing is kept, every caller hears, and the next one works', async () => {
  // A deferred constraint is looked at by COMMIT alone.
  database.db.exec('CREATE TABLE child (parent INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)')
  const results = await Promise.allSettled([
    write(insert(1)),
    write(() => database.db.exec('INSERT INTO child VALUES (99)')),
    write(insert(2)),
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(idsIn(database.db)).toEqual([])
  await write(insert(3))
  expect(idsIn(database.db)).toEqual([3])
})

// A full disk or an I/O error does this by itself: the writes after it must not go on outside of a transaction.
test('of a commit whose transaction ended under it nothing is kept, and every caller hears', async () => {
  const results = await Promise.allSettled([
    write(insert(1)),
    write(() => database.db.exec('INSERT OR ROLLBACK INTO t VALUES (1)')),
    write(insert(2)),
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(idsIn(database.db)).toEqual([])
  await write(insert(3))
  expect(idsIn(database.db)).toEqual([3])
})

test('a full disk fails the writes that did not fit, keeps the others, and is over when there is space', async () => {
  database.db.exec('CREATE TABLE big (data BLOB); PRAGMA max_page_count = 60')
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () =>
      write(() => database.db.exec('INSERT INTO big VALUES (zeroblob(100000))')),
    ),
  )
  const kept = results.filter(({ status }) => status === 'fulfilled').length
  expect(kept).toBeLessThan(20)
  expect(database.db.prepare('SELECT count(*) AS kept FROM big').get()).toEqual({ kept })
  database.db.exec('PRAGMA max_page_count = 1000000')
  await write(insert(1))
  expect(idsIn(database.db)).toEqual([1])
})

test('a write that a write begins is in a later commit', async () => {
  const inner = await write(() => {
    const later = write(insert(2))
    insert(1)()
    return { later }
  })
  expect(await inner.later).toBe(2)
  expect(idsIn(database.db)).toEqual([1, 2])
})

test('finish commits what waits before the file is closed', async () => {
  const waiting = [1, 2, 3].map((id) => write(insert(id)))
  finish()
  database.close()
  expect(await Promise.all(waiting)).toEqual([1, 2, 3])
  database = openDatabase(dir())
  expect(idsIn(database.db)).toEqual([1, 2, 3])
})

test('in memory it is the same', async () => {
  const memory = openMemoryDatabase()
  memory.db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY)')
  const group = createGroupCommit(memory)
  const results = await Promise.allSettled(
    [1, 1, 2].map((id) => group.write(() => memory.db.exec(`INSERT INTO t VALUES (${id})`))),
  )
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(idsIn(memory.db)).toEqual([1, 2])
  memory.close()
})

test('a write after the end is refused, and nothing else happens', async () => {
  finish()
  database.close()
  await expect(write(insert(1))).rejects.toThrow('is closed: the process is ending')
})
