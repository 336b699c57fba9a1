import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EngineError } from './engine-error.ts'
import { openDatabase } from './open-database.ts'
import { useTempDir } from '../testing/temp-dir.ts'

const dir = useTempDir()

/** What a start on the folder says. */
const refusalOf = (dataDir = dir()): string => {
  try {
    openDatabase(dataDir).close()
    return 'not refused'
  } catch (error) {
    return error instanceof EngineError ? error.message : String(error)
  }
}

const OPEN = `
  import { openDatabase } from ${JSON.stringify(import.meta.resolve('./open-database.ts'))}
  try {
    openDatabase(process.argv[1]).close()
    console.log('not refused')
  } catch (error) {
    console.log(error.message)
  }`

/** The same of another process: a lock is held against that one. */
const refusalElsewhere = (dataDir = dir()): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', OPEN, dataDir], {
    encoding: 'utf8',
  }).trim()

const path = () => join(dir(), 'mensageria.db')
const openOnce = () => openDatabase(dir()).close()

test('a folder that does not exist yet is made, with its parents', () => {
  const dataDir = join(dir(), 'a', 'b')
  openDatabase(dataDir).close()
  expect(statSync(join(dataDir, 'mensageria.db')).isFile()).toBe(true)
})

test('the log is flushed by us, and by SQLite around checkpoints', async () => {
  const { db, log, close } = openDatabase(dir())
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  // 1 is NORMAL.
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 1 })
  await log.flush()
  log.flushNow()
  close()
})

describe('the lock', () => {
  test('a folder in use is refused, and works on', () => {
    const first = openDatabase(dir())
    expect(refusalElsewhere()).toBe(
      `${dir()} is in use by another Mensageria, or by a program that reads its database: stop that one, or set another DATA_DIR`,
    )
    first.db.exec(`INSERT INTO integrations VALUES ('maas', '{}')`)
    first.close()
  })

  test('it ends with close', () => {
    openOnce()
    expect(refusalElsewhere()).toBe('not refused')
  })

  test('it ends where opening fails', () => {
    mkdirSync(path())
    expect(() => openDatabase(dir())).toThrow(/is no file: move it away/)
    rmSync(path(), { recursive: true })
    expect(refusalElsewhere()).toBe('not refused')
  })

  test('row 43: it hangs on the database itself: nothing that can be removed frees it', () => {
    const first = openDatabase(dir())
    for (const name of readdirSync(dir()).filter((file) => file !== 'mensageria.db'))
      rmSync(join(dir(), name))
    expect(refusalElsewhere()).toMatch(/is in use by another Mensageria|was copied without/)
    expect(first.lostFile()?.path).toBe(`${path()}-wal`)
    first.close()
  })

  test('row 43: it holds by every path: a link to the folder, and a link or another name of the file', () => {
    const first = openDatabase(join(dir(), 'data'))
    const file = join(dir(), 'data', 'mensageria.db')
    symlinkSync(join(dir(), 'data'), join(dir(), 'link'))
    for (const name of ['linked', 'named']) mkdirSync(join(dir(), name))
    symlinkSync(file, join(dir(), 'linked', 'mensageria.db'))
    linkSync(file, join(dir(), 'named', 'mensageria.db'))
    writeFileSync(join(dir(), 'named', 'mensageria.db-wal'), '')
    for (const name of ['link', 'linked', 'named'])
      expect(refusalElsewhere(join(dir(), name))).toMatch(
        /is in use by another Mensageria|was copied without/,
      )
    first.close()
    expect(refusalElsewhere(join(dir(), 'linked'))).toBe('not refused')
  })

  test('what former releases locked with is removed', () => {
    openOnce()
    for (const name of ['mensageria.lock', 'mensageria.db-shm']) writeFileSync(join(dir(), name), 'garbage')
    openOnce()
    expect(readdirSync(dir())).toEqual(['mensageria.db'])
  })

  test('another folder is free', () => {
    const first = openDatabase(join(dir(), 'a'))
    expect(refusalElsewhere(join(dir(), 'b'))).toBe('not refused')
    first.close()
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

  test('a database with a damaged page in its middle', () => {
    const { db, close } = openDatabase(dir())
    db.exec(
      `INSERT INTO integrations SELECT value, hex(randomblob(500)) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]')`,
    )
    close()
    const file = openSync(path(), 'r+')
    writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, statSync(path()).size - 4096)
    closeSync(file)
    expect(refusalOf()).toBe(`${path()} is damaged: restore it from a backup, or move it away to start empty`)
  })

  test('an empty file', () => {
    writeFileSync(path(), '')
    expect(refusalOf()).toBe(`${path()} is empty: restore it from a backup, or remove it to start empty`)
    expect(statSync(path()).size).toBe(0)
  })

  test.each([
    ['with an application id', 'PRAGMA application_id = 1; CREATE TABLE t (id)'],
    ['with tables of its own', 'CREATE TABLE t (id)'],
    ['that counts its steps like ours', 'CREATE TABLE t (id); PRAGMA user_version = 3'],
  ])('the database of another program, %s, stays as it is', (_name, sql) => {
    const db = new DatabaseSync(path())
    db.exec(sql)
    db.close()
    const before = readFileSync(path())
    expect(refusalOf()).toBe(
      `${path()} is the database of another program: move it away, or set another DATA_DIR`,
    )
    expect(readFileSync(path()).equals(before)).toBe(true)
    expect(readdirSync(dir())).toEqual(['mensageria.db'])
  })

  test('a log without its database', () => {
    openOnce()
    rmSync(path())
    writeFileSync(`${path()}-wal`, 'frames')
    expect(refusalOf()).toBe(
      `${path()} is missing, but its log ${path()}-wal is there: bring it back, or move the log away to start empty`,
    )
    expect(readFileSync(`${path()}-wal`, 'utf8')).toBe('frames')
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
    expect(refusalOf()).toBe(`${path()} is no file: move it away, or set another DATA_DIR`)
  })

  test.each([['file'], ['file/below']])('%s where a folder is expected', (name) => {
    writeFileSync(join(dir(), 'file'), 'text')
    expect(refusalOf(join(dir(), name))).toMatch(/is not (in )?a folder: set DATA_DIR to a folder$/)
  })
})

describe('c01: the database file alone, copied from a running program', () => {
  const copyAlone = () => {
    mkdirSync(join(dir(), 'copy'))
    copyFileSync(path(), join(dir(), 'copy', 'mensageria.db'))
    return join(dir(), 'copy')
  }

  test('it lacks what was written last: the start says so, again and again, until somebody decides', () => {
    const { db, close } = openDatabase(dir())
    db.exec(`INSERT INTO integrations VALUES ('maas', '{}')`)
    const copy = copyAlone()
    const file = join(copy, 'mensageria.db')
    const words =
      `${file} was copied without ${file}-wal, which has what was written last: copy that too, or make an empty file of ` +
      'that name to start without it'
    expect([refusalOf(copy), refusalOf(copy)]).toEqual([words, words])
    copyFileSync(`${path()}-wal`, `${file}-wal`)
    expect(refusalOf(copy)).toBe('not refused')
    close()
  })

  test('somebody decides to start without it', () => {
    const { close } = openDatabase(dir())
    const copy = copyAlone()
    writeFileSync(join(copy, 'mensageria.db-wal'), '')
    expect(refusalOf(copy)).toBe('not refused')
    close()
  })

  test('in a quiet moment it has everything, until the next write', () => {
    const { db, log, close } = openDatabase(dir())
    db.exec(`INSERT INTO integrations VALUES ('maas', '{}')`)
    log.settle()
    const copy = openDatabase(copyAlone())
    expect(copy.db.prepare('SELECT name FROM integrations').all()).toHaveLength(1)
    copy.close()
    rmSync(join(dir(), 'copy'), { recursive: true })
    log.unsettle()
    expect(refusalOf(copyAlone())).toContain('was copied without')
    close()
  })

  test('a program that ended in order leaves everything in it', () => {
    openOnce()
    expect(readdirSync(dir())).toEqual(['mensageria.db'])
    expect(refusalOf(copyAlone())).toBe('not refused')
  })
})

describe('c01: a tool of SQLite after a kill, which copies the log and removes it', () => {
  // What a kill leaves behind: both files as they are, and nobody who has them open.
  const killed = () => {
    const to = join(dir(), 'killed')
    rmSync(to, { recursive: true, force: true })
    mkdirSync(to)
    for (const name of ['mensageria.db', 'mensageria.db-wal']) copyFileSync(join(dir(), name), join(to, name))
    return to
  }
  const lookInto = (folder: string) => {
    const tool = new DatabaseSync(join(folder, 'mensageria.db'))
    const { length } = tool.prepare('SELECT name FROM integrations').all()
    tool.close()
    expect(readdirSync(folder)).toEqual(['mensageria.db'])
    return length
  }

  test('what it leaves lacks nothing, and the next start takes it', () => {
    const { db, log, close } = openDatabase(dir())
    const moments = [
      () => {},
      () => db.exec(`INSERT INTO integrations VALUES ('maas', '{}')`),
      () => log.checkpoint(),
      () => db.exec(`INSERT INTO integrations VALUES ('dmitri', '{}')`),
      () => log.settle(),
      () => log.unsettle(),
    ]
    const seen = moments.map((pass) => {
      pass()
      const folder = killed()
      return [lookInto(folder), refusalOf(folder)]
    })
    expect(seen).toEqual([0, 1, 1, 2, 2, 2].map((count) => [count, 'not refused']))
    close()
  })
})

describe('c28: nobody but its owner reads it', () => {
  const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8)
  const modes = (dataDir: string) =>
    ['', 'mensageria.db', 'mensageria.db-wal'].map((name) => modeOf(join(dataDir, name)))

  test('a new folder, and its files', () => {
    const { close } = openDatabase(join(dir(), 'a', 'b'))
    expect(modes(join(dir(), 'a', 'b'))).toEqual(['700', '600', '600'])
    expect(modeOf(join(dir(), 'a'))).toBe('700')
    close()
  })

  test('those of former releases, with the page that was built there', () => {
    openOnce()
    mkdirSync(join(dir(), 'page'))
    writeFileSync(`${path()}-wal`, '')
    chmodSync(dir(), 0o755)
    for (const name of ['', '-wal']) chmodSync(path() + name, 0o644)
    const { close } = openDatabase(dir())
    expect(modes(dir())).toEqual(['700', '600', '600'])
    close()
  })

  test('a folder that holds other things too keeps its rights', () => {
    mkdirSync(join(dir(), 'shared'), { mode: 0o755 })
    writeFileSync(join(dir(), 'shared', 'other.txt'), '')
    const { close } = openDatabase(join(dir(), 'shared'))
    expect(modes(join(dir(), 'shared'))).toEqual(['755', '600', '600'])
    close()
  })
})

test('a start that comes to nothing leaves no empty file in the way', () => {
  mkdirSync(`${path()}-wal`)
  writeFileSync(join(dir(), 'file'), '')
  expect(refusalOf()).toContain('mensageria.db')
  expect(readdirSync(dir())).not.toContain('mensageria.db')
})

test.each(['/proc/x', '/proc/x/y', '/dev/null', '/dev/null/x'])('%s is refused at once', (dataDir) => {
  expect(refusalOf(dataDir)).toMatch(/set (another DATA_DIR|DATA_DIR to a folder)$/)
})

test('a name that is too long is called so', () => {
  expect(refusalOf(join(dir(), 'a'.repeat(300)))).toMatch(/has too long a name: set another DATA_DIR$/)
})

test('a link that leads nowhere is called so', () => {
  symlinkSync(join(dir(), 'nowhere'), join(dir(), 'link'))
  expect(refusalOf(join(dir(), 'link'))).toBe(
    `${join(dir(), 'link')} is a link that leads nowhere: set another DATA_DIR`,
  )
})
