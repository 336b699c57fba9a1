import { access, constants, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { codeOf } from '../error-code.ts'
import { fail, ok, warn, type Finding } from './finding.ts'

const FREE_BYTES_MIN = 1024 ** 3

const mibOf = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`

/** Looks at the folder of the embedded engine: may it be written, and is there room. */
export const checkMachine = async ({ env, texts: { doctor } }: Context): Promise<Finding[]> => {
  const dir = env['DATA_DIR'] ?? './data'
  try {
    await access(dir, constants.R_OK | constants.W_OK)
  } catch (error) {
    return [codeOf(error) === 'ENOENT' ? ok(dir, doctor.noData) : fail(dir, doctor.noAccess)]
  }
  const { bavail, bsize } = await statfs(dir)
  const size = await stat(join(dir, 'mensageria.db')).then(
    (file) => file.size,
    () => 0,
  )
  const free = bavail * bsize
  const room = free < FREE_BYTES_MIN ? warn : ok
  return [room(dir, doctor.data(mibOf(size), mibOf(free)))]
}
