import { readFileSync, statSync } from 'node:fs'

/**
 * The text of a file. Throws, with the code of the system or with ENOTFILE, where there is none or it is a device or a pipe,
 * which may never end.
 */
export const readPlainFile = (path: string): string => {
  const stats = statSync(path)
  if (!stats.isFile() && !stats.isDirectory()) {
    throw Object.assign(new Error(`${path} is no plain file`), { code: 'ENOTFILE' })
  }
  return readFileSync(path, 'utf8')
}
