import type { Served, ServedKind } from './served.ts'

/** Asks the keeper of this test run for a server of others; the first who asks waits for its start. */
export const askKeeper = async <K extends ServedKind>(kind: K): Promise<Served[K]> => {
  const keeper = process.env['MENSAGERIA_KEEPER_URL']
  if (keeper === undefined)
    throw new Error('Emulators and brokers are there for int and e2e tests: see jest.config.mjs')
  const answer = await fetch(new URL(kind, keeper))
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  const hosts: Served[K] = JSON.parse(text)
  return hosts
}
