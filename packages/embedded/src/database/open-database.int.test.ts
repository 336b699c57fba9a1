import { execFileSync } from 'node:child_process'
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openDatabase } from './open-database.ts'
import { useTempDir } from '../testing/temp-dir.ts'

const dir = useTempDir()

// In a process of its own: a lock is held against another process, and Jest's errors of Node are not those of a process.
const OPEN = `
  import { openDatabase } from ${JSON.stringify(import.meta.resolve('./open-database.ts'))}
  try {
    openDatabase(process.argv[1]).close()
    console.log('not refused')
  } catch (error) {
    console.log(error.name + ': ' + error.message)
  }`

/** What a process that opens the folder says. */
const refusalOf = (dataDir = dir()): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', OPEN, dataDir], { encoding: 'utf8' })
    .trim()
    .replace('EngineError: ', '')
const path = () => join(dir(), 'mensageria.db')
const openOnce = () => openDatabase(dir()).close()

test('a folder that does not exist yet is made, with its parents', () => {
  const dataDir = join(dir(), 'a', 'b')
  openDatabase(dataDir).close()
  expect(statSync(join(dataDir, 'mensageria.db')).isFile()).toBe(true)
})

test('the log is flushed by us, and by SQLite around checkpoints', async () => {
  const { db, wal, close } = openDatabase(dir())
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  // 1 is NORMAL.
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 1 })
  await wal.sync()
  wal.syncNow()
  close()
})

describe('the lock', () => {
  test('a folder in use is refused, and works on', () => {
    const first = openDatabase(dir())
    expect(refusalOf()).toBe(
      `${dir()} is in use by another Mensageria: stop that one, or set another DATA_DIR`,
    )
    first.db.exec(`INSERT INTO integrations VALUES ('maas', '{}')`)
    first.close()
  })

  test('it ends with close', () => {
    openOnce()
    expect(refusalOf()).toBe('not refused')
  })

  test('it ends where opening fails', () => {
    mkdirSync(path())
    expect(() => openDatabase(dir())).toThrow(/unable to open|cannot be opened/)
    rmSync(path(), { recursive: true })
    expect(refusalOf()).toBe('not refused')
  })

  test('a lock file that nobody holds is no obstacle', () => {
    writeFileSync(join(dir(), 'mensageria.lock'), '')
    expect(refusalOf()).toBe('not refused')
  })

  test('another folder is free', () => {
    const first = openDatabase(join(dir(), 'a'))
    expect(refusalOf(join(dir(), 'b'))).toBe('not refused')
    first.close()
  })

  // DEFECT: every failure of the lock file is called "in use by another Mensageria"; there is none to stop.
  test('a damaged lock file is not called another Mensageria', () => {
    writeFileSync(join(dir(), 'mensageria.lock'), 'garbage'.repeat(1000))
    expect(refusalOf()).not.toContain('in use by another Mensageria')
  })
})

describe('what cannot be used', () => {
  test('garbage in the place of the database', () => {
    writeFileSync(path(), 'garbage'.repeat(1000))
    expect(refusalOf()).toBe(
      `${path()} is no database: restore it from a backup, or move it away to start empty`,
    )
  })

  test('a database with a damaged schema page', () => {
    openOnce()
    const file = openSync(path(), 'r+')
    writeSync(file, Buffer.alloc(3000, 0xff), 0, 3000, 100)
    closeSync(file)
    expect(refusalOf()).toBe(`${path()} is damaged: restore it from a backup, or move it away to start empty`)
  })

  test('a database that lost its end', () => {
    openOnce()
    const file = openSync(path(), 'r+')
    ftruncateSync(file, 4096)
    closeSync(file)
    expect(refusalOf()).toMatch(/is damaged|not refused/)
  })

  test('a database of a newer release', () => {
    openOnce()
    const db = new DatabaseSync(path())
    db.exec('PRAGMA user_version = 999')
    db.close()
    expect(refusalOf()).toBe(`${path()} was written by a newer release: start that one`)
  })

  test('a folder in the place of the database', () => {
    mkdirSync(path())
    expect(refusalOf()).toMatch(/mensageria\.db cannot be opened: check/)
  })

  test.each([['file'], ['file/below']])('%s where a folder is expected', (name) => {
    writeFileSync(join(dir(), 'file'), 'text')
    expect(refusalOf(join(dir(), name))).toMatch(/is not in a folder: set DATA_DIR to a folder$/)
  })
})

test('an empty file is an empty database', () => {
  writeFileSync(path(), '')
  expect(refusalOf()).toBe('not refused')
})
