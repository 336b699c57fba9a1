import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { codeOf, EngineError } from './engine-error.ts'

const DATABASE = 'mensageria.db'
// Our files, and what former releases and SQLite's own tools leave there.
const FILES = ['', '-wal', '-shm', '-journal'].map((end) => DATABASE + end).concat('mensageria.lock')
// `page` is where the console's page is built if it must not be beside the code.
const OURS = new Set([...FILES, 'page'])

const ONLY_THE_OWNER = { folder: 0o700, file: 0o600 }

/** The folder of a database: where the file is, and whether it and its log are there. */
export type DataFolder = { dir: string; path: string; hasDatabase: boolean; hasLog: boolean }

const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: 'cannot be made, its file system takes no folders',
  EEXIST: 'is a link that leads nowhere',
}

// One folder after the other: Node's own recursive mkdir never ends under /proc.
const makeFolder = (dir: string): void => {
  if (existsSync(dir)) return
  makeFolder(dirname(dir))
  try {
    mkdirSync(dir, { mode: ONLY_THE_OWNER.folder })
  } catch (error) {
    // Another start may have made it in this moment.
    if (existsSync(dir)) return
    const why = WHY_NOT[codeOf(error) ?? '']
    if (why === undefined) throw error
    throw new EngineError(`${dir} ${why}: set another DATA_DIR`, { cause: error })
  }
}

// Who owns them decides; a folder that a group shares stays usable.
const tighten = (path: string, mode: number): void => {
  try {
    if ((statSync(path).mode & 0o777) !== mode) chmodSync(path, mode)
  } catch (error) {
    if (!['EPERM', 'ENOENT'].includes(codeOf(error) ?? '')) throw error
  }
}

/**
 * Makes the folder where it is missing, and lets nobody but its owner read what is in it. A folder that holds other things
 * too keeps its rights: it may be /tmp.
 */
export const prepareDataFolder = (dataDir: string): DataFolder => {
  const dir = resolve(dataDir)
  makeFolder(dir)
  if (!statSync(dir).isDirectory()) throw new EngineError(`${dir} is not a folder: set DATA_DIR to a folder`)
  if (readdirSync(dir).every((name) => OURS.has(name))) tighten(dir, ONLY_THE_OWNER.folder)
  for (const name of FILES) {
    const file = join(dir, name)
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) tighten(file, ONLY_THE_OWNER.file)
  }
  const path = join(dir, DATABASE)
  return { dir, path, hasDatabase: existsSync(path), hasLog: existsSync(`${path}-wal`) }
}

/** Makes an empty file that only its owner can read; SQLite gives its log the same rights. */
export const makeDatabaseFile = (path: string): void => closeSync(openSync(path, 'wx', ONLY_THE_OWNER.file))

/** Removes what former releases left in a folder that this process owns now: nothing reads it any more. */
export const removeLeftovers = (dir: string): void => {
  for (const name of ['mensageria.lock', `${DATABASE}-shm`]) rmSync(join(dir, name), { force: true })
}
