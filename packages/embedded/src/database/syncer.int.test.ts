import {
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'
import { useTempDir } from '../testing/temp-dir.ts'

const parent = useTempDir()
const dataDir = () => join(parent(), 'data')
const fileOf = (end: string) => join(dataDir(), `mensageria.db${end}`)
let database: OpenDatabase
let commits: GroupCommit
let failures: string[]
// Flushes that end when the test says so.
let flushes: { done: () => void; fail: (error: Error) => void }[]

beforeEach(() => {
  flushes = []
  failures = []
  database = openDatabase(
    dataDir(),
    () =>
      new Promise((done, fail) => {
        flushes.push({ done, fail })
      }),
  )
  database.db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY)')
  database.log.flushNow()
  commits = createGroupCommit(database, ({ message }) => failures.push(message))
})

const idsIn = (from: OpenDatabase): unknown[] =>
  from.db
    .prepare('SELECT id FROM t ORDER BY id')
    .all()
    .map(({ id }) => id)
const insert = (id: number) => () => {
  database.db.exec(`INSERT INTO t VALUES (${id})`)
  return id
}
const flushed = async (count: number) => {
  await waitFor(`flush ${count}`, () => flushes.length === count)
  return flushes[count - 1]
}
const answered = async (id: number) => {
  const written = commits.write(insert(id))
  const flush = await flushed(flushes.length + 1)
  flush?.done()
  return written
}
const committed = (ids: unknown[]) =>
  waitFor(`${ids.join()} committed`, () => idsIn(database), { until: (found) => found.join() === ids.join() })

/** What a start on these files finds. */
const startOn = (folder = dataDir()): unknown[] => {
  const copy = join(parent(), `copy-${Math.random()}`)
  cpSync(folder, copy, { recursive: true })
  const started = openDatabase(copy)
  const found = idsIn(started)
  started.close()
  return found
}

test('nothing is answered before its flush: no write, and no read of what was committed', async () => {
  const answers: string[] = []
  const written = commits.write(insert(1)).then(() => answers.push('written'))
  const first = await flushed(1)
  const seen = commits.read(() => idsIn(database)).then((ids) => answers.push(`read ${ids.join()}`))
  first?.done()
  await written
  expect(answers).toEqual(['written'])
  const second = await flushed(2)
  second?.done()
  await seen
  expect(answers).toEqual(['written', 'read 1'])
  expect(await commits.read(() => idsIn(database))).toEqual([1])
})

test('what is committed during a flush waits for the next one', async () => {
  const answers: number[] = []
  const first = commits.write(insert(1)).then((id) => answers.push(id))
  const flush = await flushed(1)
  const second = commits.write(insert(2)).then((id) => answers.push(id))
  await committed([1, 2])
  flush?.done()
  await first
  const next = await flushed(2)
  expect(answers).toEqual([1])
  next?.done()
  await second
})

describe('a flush that fails', () => {
  const refused = expect.objectContaining({
    message: expect.stringContaining('could not be flushed to the disk: check it, then start again'),
  })

  test('defect 5: refuses what was committed meanwhile, and what waits, and everything from then on', async () => {
    const first = commits.write(insert(1))
    const flush = await flushed(1)
    const gathered = commits.write(insert(2))
    const read = commits.read(() => idsIn(database))
    await committed([1, 2])
    const waiting = commits.write(insert(3))
    flush?.fail(new Error('EIO'))
    const results = await Promise.allSettled([first, gathered, read, waiting])
    expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual(
      results.map(() => refused),
    )
    await expect(commits.write(insert(4))).rejects.toEqual(refused)
    await expect(commits.read(() => 'anything')).rejects.toEqual(refused)
    expect(() => commits.peek(() => 'anything')).toThrow('could not be flushed')
    expect(commits.isSound()).toBe(false)
    expect(flushes).toHaveLength(1)
    expect(failures).toHaveLength(1)
  })

  test('row 41: the next start has exactly what was answered', async () => {
    await answered(1)
    await answered(2)
    const lost = commits.write(insert(3))
    const flush = await flushed(3)
    const gathered = commits.write(insert(4))
    await committed([1, 2, 3, 4])
    flush?.fail(new Error('ENOSPC'))
    await Promise.allSettled([lost, gathered])
    expect(startOn()).toEqual([1, 2])
  })

  test('row 41: the same where the log was copied into the database before', async () => {
    await answered(1)
    database.log.checkpoint()
    const lost = commits.write(insert(2))
    const flush = await flushed(2)
    flush?.fail(new Error('EIO'))
    await expect(lost).rejects.toEqual(refused)
    expect(startOn()).toEqual([1])
  })

  test('defect 5: the end of the process answers nobody either, and throws', async () => {
    const first = commits.write(insert(1))
    const flush = await flushed(1)
    flush?.fail(new Error('EIO'))
    await expect(first).rejects.toEqual(refused)
    expect(() => commits.finish()).toThrow('could not be flushed')
  })

  test('a last flush that fails refuses what waits for it', async () => {
    const group = createGroupCommit({
      ...database,
      log: {
        ...database.log,
        flushNow: () => {
          throw new Error('EIO')
        },
      },
    })
    const waiting = group.write(insert(1))
    expect(() => group.finish()).toThrow('could not be flushed')
    await expect(waiting).rejects.toEqual(refused)
  })
})

test('what is copied into the database file was flushed: a long log waits for the flush that runs', async () => {
  let isLong = false
  let copied: unknown[] = []
  const log = {
    ...database.log,
    isLong: () => isLong,
    checkpoint: () => {
      copied = idsIn(database)
      isLong = false
    },
  }
  const group = createGroupCommit({ ...database, log })
  const first = group.write(insert(1))
  const flush = await flushed(1)
  isLong = true
  const second = group.write(insert(2))
  await new Promise(setImmediate)
  expect(copied).toEqual([])
  flush?.done()
  await first
  const next = await flushed(2)
  expect(copied).toEqual([1])
  next?.done()
  expect(await second).toBe(2)
})

describe('row 42: files that are gone under the process', () => {
  const replace = () => {
    renameSync(fileOf(''), fileOf('.old'))
    cpSync(fileOf('.old'), fileOf(''))
  }
  test.each([
    ['the folder is renamed', () => renameSync(dataDir(), join(parent(), 'old'))],
    ['the folder is removed', () => rmSync(dataDir(), { recursive: true })],
    ['the database is removed', () => rmSync(fileOf(''))],
    ['the database is replaced by a copy', replace],
    ['the log is removed', () => rmSync(fileOf('-wal'))],
    [
      'another folder is in its place',
      () => {
        renameSync(dataDir(), join(parent(), 'old'))
        cpSync(join(parent(), 'old'), dataDir(), { recursive: true })
      },
    ],
  ])('%s: a write that is under way is refused, and every other, and reads', async (_name, happen) => {
    await answered(1)
    const written = commits.write(insert(2))
    const flush = await flushed(2)
    happen()
    flush?.done()
    const words = /was removed, renamed or replaced while it was in use: bring it back, then start again/
    await expect(written).rejects.toThrow(words)
    await expect(commits.read(() => 'anything')).rejects.toThrow(words)
    expect(failures).toHaveLength(1)
    expect(() => commits.finish()).toThrow(words)
  })

  test.each([
    ['the database, to nothing', '', () => 0],
    ['the database, by its last page', '', () => statSync(fileOf('')).size - 2048],
    ['the log, to nothing', '-wal', () => 0],
    ['the log, by its last byte', '-wal', () => database.log.flushedBytes() - 1],
  ])('cut short: %s', async (_name, end, bytes) => {
    database.log.checkpoint()
    await answered(1)
    truncateSync(fileOf(end), bytes())
    const words = `${fileOf(end)} was cut short while it was in use: restore it from a backup, then start again`
    // Before anything has looked.
    await expect(commits.write(insert(2))).rejects.toThrow(words)
    await expect(commits.read(() => 'anything')).rejects.toThrow(words)
    expect(failures).toEqual([words])
  })

  test('what was answered outlives its log, where that alone is removed', async () => {
    await answered(1)
    await answered(2)
    rmSync(fileOf('-wal'))
    expect(commits.isSound()).toBe(false)
    expect(startOn()).toEqual([1, 2])
  })

  test('c03: it shows without traffic', () => {
    expect(commits.isSound()).toBe(true)
    renameSync(dataDir(), join(parent(), 'old'))
    commits.rest()
    expect(failures).toEqual([expect.stringContaining(fileOf(''))])
    expect(commits.isSound()).toBe(false)
  })

  test('c03: the log of the folder that took its place is left alone', async () => {
    await answered(1)
    renameSync(dataDir(), join(parent(), 'old'))
    mkdirSync(dataDir())
    writeFileSync(fileOf(''), 'of somebody else')
    writeFileSync(fileOf('-wal'), 'of somebody else')
    expect(() => commits.finish()).toThrow('was removed, renamed or replaced')
    expect(startOn(join(parent(), 'old'))).toEqual([1])
  })

  test('a link that leads to the same files is no other file', async () => {
    await answered(1)
    renameSync(dataDir(), join(parent(), 'moved'))
    symlinkSync(join(parent(), 'moved'), dataDir())
    expect(await answered(2)).toBe(2)
  })
})

test('c06: a disk that refuses writes is no sound engine, until one works again', async () => {
  let broken = true
  const refuse = () => {
    if (broken) throw Object.assign(new Error('disk I/O error'), { errcode: 778 })
  }
  const group = createGroupCommit({ ...database, log: { ...database.log, unsettle: refuse } })
  await expect(group.write(insert(1))).rejects.toThrow('could not be read or written: check the disk')
  expect(group.isSound()).toBe(false)
  broken = false
  const rested = () => {
    group.rest()
    return group.isSound()
  }
  await waitFor('a write that works, without any traffic', rested)
  const written = group.write(insert(2))
  const flush = await flushed(1)
  flush?.done()
  expect(await written).toBe(2)
})
