import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that Linux gives to outgoing connections and to `listen(0)` (32768 and up): there another
// program could get a port between this look and the moment when its new owner listens.
const FIRST = 12_000
const RANGE = 2_000
const RANGES = 10
const ATTEMPTS = 100

// Each of Jest's workers has a range of its own, and takes its ports in turn: two that look at once would find the same port
// free, and only one of them would get it.
const first = FIRST + (Number(process.env['JEST_WORKER_ID'] ?? 0) % RANGES) * RANGE
let taken = Math.floor(Math.random() * RANGE)

/** A port of the loopback address that nobody listens on, and that nobody gets who does not ask for it by number. */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = first + (taken++ % RANGE)
    if (await isFree(port)) return port
  }
  throw new Error(`None of ${ATTEMPTS} ports from ${first} on is free: stop programs that listen there`)
}

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
