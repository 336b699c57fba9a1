import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { deliveriesOf, eventually, openTestSystem, type TestSystem } from './system.ts'

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
  await eventually(async () => (await fetch(`${url}/console/`)).status === 200)
  const register = async (from: number, to: number): Promise<string[]> => {
    const ids: string[] = []
    for (let n = from; n <= to; n++) ids.push((await system.client.register(url, sampleRegistration(n))).id)
    return ids
  }
  return { ...system, url, register }
}

/** Resolves when a delivery is in one of these states. */
export const untilState = (
  url: string,
  centerId: string,
  integration: string,
  states: string[],
): Promise<void> =>
  eventually(async () => {
    const state = (await deliveriesOf(url, centerId))[integration]?.state
    return state !== undefined && states.includes(state)
  })
