import { startSimulator } from '../simulator.ts'
import type { Simulator } from '../simulator.ts'
import type { SystemName } from '../system-name.ts'

export type TestRequest = {
  method?: string
  body?: unknown
  key?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A simulator, and calls to its systems over real HTTP with the right token. */
export const startTestSimulator = async () => {
  const simulator: Simulator = await startSimulator()
  const call = (system: SystemName, path: string, request: TestRequest = {}): Promise<Response> => {
    const { method = 'PUT', body, key, headers = {}, signal } = request
    return fetch(`${simulator.urls[system]}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${simulator.tokens[system]}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
  }
  /** Resolves when so many requests have arrived; each look is a round trip, so nothing spins. */
  const arrived = async (system: SystemName, count: number): Promise<void> => {
    await fetch(`${simulator.url}/simulator/health`)
    if (simulator.summary()[system].requests < count) return arrived(system, count)
  }
  return { simulator, call, arrived }
}
