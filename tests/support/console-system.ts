import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { openTestSystem, type TestSystem } from './system.ts'

/** A running standalone whose page is built, with its simulated systems. */
export type ConsoleSystem = TestSystem & {
  url: string
  /** Registers the sample centers of these numbers. */
  register(from: number, to: number): Promise<string[]>
}

/** Starts a standalone and waits until it shows the page; what `prepare` puts into its folder is there from the start. */
export const openConsoleSystem = async (
  prepare: (dataDir: string) => Promise<void> = () => Promise.resolve(),
): Promise<ConsoleSystem> => {
  const system = await openTestSystem()
  await prepare(system.dataDir)
  const { url } = await system.start()
  await waitFor('the page is built', async () => (await fetch(`${url}/console/`)).status, {
    until: (status) => status === 200,
  })
  const register = async (from: number, to: number): Promise<string[]> => {
    const ids: string[] = []
    for (let n = from; n <= to; n++) ids.push((await system.client.register(url, sampleRegistration(n))).id)
    return ids
  }
  return { ...system, url, register }
}
