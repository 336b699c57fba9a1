import { once } from 'node:events'
import { createServer } from 'node:http'
import { startEmulators, type EmulatorHosts, type Emulators } from './emulators.ts'

/** Starts the emulators at the first request and gives every caller their hosts. */
export type EmulatorKeeper = { url: string; close: () => Promise<void> }

/**
 * One keeper for a test run: its workers ask it over HTTP, so that the emulators start once, and not at all where no
 * selected test needs them.
 */
export const startEmulatorKeeper = async (): Promise<EmulatorKeeper> => {
  let starting: Promise<Emulators> | undefined
  const hosts = async (): Promise<EmulatorHosts> => {
    starting ??= startEmulators()
    return (await starting).hosts
  }
  const server = createServer((_, response) => {
    void hosts().then(
      ({ firestore, pubsub }) => response.end(`${firestore} ${pubsub}`),
      (error: unknown) => {
        response.statusCode = 500
        response.end(error instanceof Error ? error.message : String(error))
      },
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No address')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      const emulators = await starting?.catch(() => undefined)
      await emulators?.stop()
    },
  }
}
