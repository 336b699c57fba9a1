import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestSystem } from './system.ts'

const ENTRY = join(import.meta.dirname, 'trouble.entry.ts')

/** What goes wrong inside a process: its wall clock, its event loop, the next flush to its disk. */
export type Trouble = { shiftMs?: number; blockMs?: number; flushFailsMs?: number }

/** The environment of a process that can be brought into trouble, and the way to do it. */
export const createTrouble = ({ dataDir }: Pick<TestSystem, 'dataDir'>, name = 'trouble') => {
  const file = join(dataDir, `${name}.json`)
  const make = async (pid: number, trouble: Trouble) => {
    await writeFile(file, JSON.stringify(trouble))
    process.kill(pid, 'SIGURG')
  }
  return {
    env: { TROUBLE_FILE: file, NODE_OPTIONS: `--import ${ENTRY}` },
    make,
    /** Stands still for so long. */
    block: (pid: number, blockMs: number) => make(pid, { blockMs }),
    /** The next flush to the disk takes so long, and fails. */
    failFlush: (pid: number, flushFailsMs: number) => make(pid, { flushFailsMs }),
    /** The wall clock jumps: from now on it is wrong by so much. */
    shiftClock: (pid: number, shiftMs: number) => make(pid, { shiftMs }),
  }
}
