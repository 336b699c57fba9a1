import type { Simulator } from '@mensageria/simulator'
import type { ForwardProxy } from '@mensageria/testkit/forward-proxy'
import type { Client } from '../support/client.ts'
import type { Downstreams } from '../support/promises.ts'
import type { TcpProxy } from '@mensageria/testkit/tcp-proxy'
import type { Trouble } from '../support/trouble.ts'

/** Something that can be frozen and nothing worse: an emulator, which loses everything when it is killed. */
export type Freezable = { signal(name: 'SIGSTOP' | 'SIGCONT'): void }

/** The system that the nemesis is let loose on, whatever its engine. Names are those of the report. */
export type World = {
  simulator: Simulator
  client: Client
  /** Everything that gets the centers, for the checker. */
  downstreams: Downstreams
  /** The registration API itself, to look at things. */
  url: string
  /** The way that clients take to it, which can go bad. */
  clientUrl: string
  processes: readonly string[]
  stop(process: string, signal: NodeJS.Signals): Promise<number | null>
  start(process: string): Promise<void>
  pidOf(process: string): number
  /** Puts trouble inside a process that runs; nothing where it does not. */
  trouble(process: string, trouble: Trouble): Promise<void>
  /** Reads no line of a process, until what is returned is called. */
  ignoreOutput(process: string): () => void
  /** Processes that own a disk, and must end when it refuses a flush: resolves with the exit code of such an end. */
  diskFails: ReadonlyMap<string, () => Promise<number | null>>
  /** Every way between two parts, `from > to`. */
  links: ReadonlyMap<string, TcpProxy>
  /** The proxy that is the only way to the systems, as in the network of a company. */
  proxy: ForwardProxy
  emulators: ReadonlyMap<string, Freezable>
  /** Kills the broker with all that it holds, and brings an empty one back. */
  loseBroker?: () => Promise<void>
  /** Processes that ended although nobody had ended them, with their exit codes. */
  died: string[]
  close(): Promise<void>
}

/** Systems under names that a proxy alone knows: what leads to each of them, and where the proxy finds it. */
export const nameSystems = (addresses: Readonly<Record<string, string>>) => {
  const entries = Object.entries(addresses)
  return {
    env: Object.fromEntries(
      entries.map(([name]) => [`${name.toUpperCase()}_URL`, `http://${name}.example/${name}`]),
    ),
    hosts: Object.fromEntries(entries.map(([name, address]) => [`${name}.example:80`, address])),
  }
}

/** Follows processes: `started` after each start, `ending` before each end that is wanted. */
export const createObituaries = () => {
  const died: string[] = []
  const wanted = new Set<string>()
  return {
    died,
    ending: (process: string) => wanted.add(process),
    started: (process: string, ended: Promise<number | null>) => {
      wanted.delete(process)
      void ended.then((code) => {
        if (!wanted.has(process)) died.push(`${process} (exit code ${code})`)
      })
    },
  }
}

/** Does something to a process, unless there is none at the moment: another fault has ended it. */
export const whereItRuns = async (toDo: Promise<void>): Promise<void> => {
  try {
    await toDo
  } catch (error) {
    // By its field, not by instanceof: in a test an error of Node's own modules is of another realm.
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH') throw error
  }
}
