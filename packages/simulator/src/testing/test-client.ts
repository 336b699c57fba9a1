import { startSimulator } from '../simulator.ts'
import type { Simulator } from '../simulator.ts'
import type { CreateSystem } from '../system.ts'
import { createSample } from './sample-system.ts'

export type TestRequest = {
  method?: string
  body?: unknown
  key?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Three systems alike. */
export const SAMPLES: Readonly<Record<string, CreateSystem>> = {
  first: createSample,
  second: createSample,
  third: createSample,
}

/** A simulator, and calls to its systems over real HTTP with the right token. */
export const startTestSimulator = async (systems = SAMPLES) => {
  const simulator: Simulator = await startSimulator({ systems })
  const call = (system: string, path: string, request: TestRequest = {}): Promise<Response> => {
    const { method = 'PUT', body, key, headers = {}, signal } = request
    return fetch(`${simulator.urlOf(system)}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${simulator.tokenOf(system)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
  }
  /** Resolves when so many requests have arrived; each look is a round trip, so nothing spins. */
  const arrived = async (system: string, count: number): Promise<void> => {
    await fetch(`${simulator.url}/simulator/health`)
    if (simulator.summaryOf(system).requests < count) return arrived(system, count)
  }
  return { simulator, call, arrived }
}
