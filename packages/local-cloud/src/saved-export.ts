import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'

/** The file that says which export of a data folder counts. */
export const MANIFEST = 'saved.json'

/** What the manifest holds: where the export is, and the SHA-256 of each of its files. */
export const Manifest = z.object({
  format: z.literal('mensageria-dev'),
  version: z.literal(1),
  savedAt: z.iso.datetime(),
  folder: z.string().regex(/^firestore-[a-z0-9]+$/),
  files: z.record(z.string(), z.string()).refine((files) => Object.keys(files).length > 0),
})
export type Manifest = z.output<typeof Manifest>

/** Whether an entry of a data folder is one that we write. */
export const isOwnName = (name: string): boolean =>
  /^(?:saved\.json(?:\.new)?|lock(?:-journal)?|firestore-[a-z0-9]+)$/.test(name)

/** A name for an export, later ones greater. */
export const newExportName = (): string => `firestore-${Date.now().toString(36)}`

/** Each file below a folder with its SHA-256, by its path from there. */
export const filesWithSums = async (folder: string): Promise<Record<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const sums = await Promise.all(
    files.map(async (path) => {
      const sum = createHash('sha256').update(await readFile(path))
      return [relative(folder, path), sum.digest('hex')] as const
    }),
  )
  return Object.fromEntries(sums)
}
