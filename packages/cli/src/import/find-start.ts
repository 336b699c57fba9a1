import { randomUUID } from 'node:crypto'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import type { Texts } from '../language/language.ts'
import { readProgress, type Progress } from './progress-file.ts'

/** Where an import begins. */
export type Start = {
  progress: Progress
  /** Of an earlier run of the same content, to whichever database. */
  earlier: Progress | undefined
  /** `again` begins from the first row although an earlier run got somewhere. */
  kind: 'new' | 'goes-on' | 'again' | 'done'
}

type Asked = {
  progressFile: string
  sha256: string
  url: string
  /** Undefined where the service is too old to say. */
  database: string | undefined
  /** Whether the database has the center with this id. */
  hasCenter: (id: string) => Promise<boolean>
  restart: boolean
  texts: Texts['import']
}

// By its identity; an older backup has the same, but not what came last.
const hasRowsOf = async (kept: Progress, { url, database, hasCenter }: Asked): Promise<boolean> => {
  const isSame =
    database === undefined && kept.database === undefined ? kept.url === url : kept.database === database
  return isSame && (kept.last === undefined || (await hasCenter(kept.last)))
}

/** Looks for what an earlier run left. Throws where that was of another file and has not ended, or is no progress at all. */
export const findStart = async (asked: Asked): Promise<Start> => {
  const { progressFile, sha256, url, database, restart, texts } = asked
  const kept = await readProgress(progressFile)
  if (kept === 'foreign') throw new CliError(EXIT.usage, texts.foreignProgress(progressFile))
  const earlier = kept?.sha256 === sha256 ? kept : undefined
  if (earlier && !restart && (await hasRowsOf(earlier, asked))) {
    return { progress: earlier, earlier, kind: earlier.doneAt === undefined ? 'goes-on' : 'done' }
  }
  if (kept && !earlier && !restart && kept.doneAt === undefined) throw new CliError(EXIT.usage, texts.changed)
  const counts = { rows: 0, registered: 0, alreadyThere: 0, rejected: 0, rejectBytes: 0 }
  const progress = {
    sha256,
    url,
    ...(database === undefined ? {} : { database }),
    run: randomUUID(),
    ...counts,
  }
  return { progress, earlier, kind: earlier ? 'again' : 'new' }
}
