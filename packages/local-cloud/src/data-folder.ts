import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { lockFolder } from './lock-folder.ts'
import { createEmulatorData, type EmulatorData } from './emulator-data.ts'
import { filesWithSums, isOwnName, MANIFEST, Manifest, newExportName } from './saved-export.ts'

/** A folder cannot be used for the data of `npm run dev`; the message says why and what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}

/** Where the data of a project on the Firestore emulator outlives the emulator. */
export type DataFolder = {
  dir: string
  /** When it was last saved; undefined where nothing was yet. */
  savedAt: string | undefined
  /** Puts what was saved into an empty emulator; nothing where nothing was. */
  load(host: string, projectId: string): Promise<void>
  /** Saves what the emulator holds now, in place of what was saved before. */
  save(host: string, projectId: string): Promise<void>
  /** Lets another process have the folder. */
  close(): void
}

// A hundred thousand centers take seconds. Nobody waits longer for a program to end.
const TRANSFER_MAX_MS = 30_000

const ANOTHER = 'name another folder with --data'

// By its field, not by instanceof: an error of Node's own modules may come from another realm, as it does in tests.
const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)

const prepare = (dir: string): string[] => {
  try {
    if (!statSync(dir, { throwIfNoEntry: false })) mkdirSync(dir, { mode: 0o700 })
    return readdirSync(dir)
  } catch (cause) {
    const why: Record<string, string> = {
      ENOENT: 'cannot be made: the folder above it does not exist',
      ENOTDIR: 'is not a folder',
    }
    throw new DataFolderError(
      `${dir} ${why[codeOf(cause)] ?? `cannot be used (${codeOf(cause)})`}; ${ANOTHER}`,
      {
        cause,
      },
    )
  }
}

const damaged = (dir: string, what: string, cause?: unknown): DataFolderError =>
  new DataFolderError(`The data in ${dir} is damaged: ${what}. Restore it from a backup, or ${ANOTHER}`, {
    cause,
  })

const readManifest = async (dir: string): Promise<Manifest> => {
  const text = await readFile(join(dir, MANIFEST), 'utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw damaged(dir, `${MANIFEST} is no JSON`, cause)
  }
  const parsed = Manifest.safeParse(value)
  if (!parsed.success) throw damaged(dir, `${MANIFEST} is not what npm run dev writes`, parsed.error)
  return parsed.data
}

// The emulator takes a file that is cut off or garbled as an empty one, without a word.
const requireUndamaged = async (dir: string, { folder, files }: Manifest): Promise<void> => {
  const found = await filesWithSums(join(dir, folder)).catch((cause: unknown) => {
    throw damaged(dir, `${folder} cannot be read`, cause)
  })
  for (const [path, sum] of Object.entries(files)) {
    if (found[path] === undefined) throw damaged(dir, `${folder}/${path} is missing`)
    if (found[path] !== sum) throw damaged(dir, `${folder}/${path} is not as it was saved`)
  }
}

const lock = (dir: string): (() => void) | undefined => {
  try {
    return lockFolder(dir)
  } catch (cause) {
    throw new DataFolderError(`${dir} cannot be locked (${String(cause)}); ${ANOTHER}`, { cause })
  }
}

/**
 * Opens a folder for the data of a project, making it where it is missing, and keeps every other process out of it until
 * `close`. Throws DataFolderError where it holds other things, is damaged or is in use.
 */
export const openDataFolder = async (
  path: string,
  { transferMaxMs = TRANSFER_MAX_MS } = {},
): Promise<DataFolder> => {
  const dir = resolve(path)
  const names = prepare(dir)
  const foreign = names.find((name) => !isOwnName(name))
  if (foreign !== undefined && !names.includes(MANIFEST))
    throw new DataFolderError(`${dir} holds ${foreign}, which npm run dev has not written; ${ANOTHER}`)
  const unlock = lock(dir)
  if (!unlock)
    throw new DataFolderError(`${dir} is in use by another npm run dev: end that one, or ${ANOTHER}`)
  try {
    const saved = names.includes(MANIFEST) ? await readManifest(dir) : undefined
    if (saved) await requireUndamaged(dir, saved)
    return {
      dir,
      savedAt: saved?.savedAt,
      load: async (host, projectId) => {
        if (!saved) return
        const emulator = createEmulatorData(host, projectId)
        const signal = AbortSignal.timeout(transferMaxMs)
        if (!(await emulator.isEmpty(signal)))
          throw new DataFolderError(
            `The Firestore emulator at ${host} holds data of ${projectId} already: start it anew, or leave out --data`,
          )
        await emulator.importFrom(join(dir, saved.folder, `${saved.folder}.overall_export_metadata`), signal)
      },
      save: (host, projectId) =>
        save(dir, createEmulatorData(host, projectId), AbortSignal.timeout(transferMaxMs)),
      close: unlock,
    }
  } catch (error) {
    unlock()
    throw error
  }
}

// The manifest changes hands last: an end in the middle leaves what was saved before.
const save = async (dir: string, emulator: EmulatorData, signal: AbortSignal): Promise<void> => {
  const folder = newExportName()
  await emulator.exportTo(dir, folder, signal)
  const manifest: Manifest = {
    format: 'mensageria-dev',
    version: 1,
    savedAt: new Date().toISOString(),
    folder,
    files: await filesWithSums(join(dir, folder)),
  }
  const draft = join(dir, `${MANIFEST}.new`)
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
  await rename(draft, join(dir, MANIFEST))
  const former = readdirSync(dir).filter((name) => name.startsWith('firestore-') && name !== folder)
  await Promise.all(former.map((name) => rm(join(dir, name), { recursive: true, force: true })))
}
