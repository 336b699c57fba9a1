import { DEFAULT_DIALS } from '../dials.ts'
import type { Call, CreateSystem, HttpResult } from '../system.ts'

/** A simulated system as the simulator asks it, without HTTP: for the test that lies beside it. */
export const openSystem = (create: CreateSystem) => {
  const system = create()
  return {
    system,
    /** Asks the route of this method and pattern, for example `PUT` and `/providers/:id`. */
    ask: (method: string, url: string, call: Partial<Call> = {}): HttpResult => {
      const route = system.routes.find((one) => one.method === method && one.url === url)
      if (!route) throw new Error(`No route ${method} ${url}`)
      return route.handle({ id: '', query: {}, body: undefined, dials: DEFAULT_DIALS, now: 0, ...call })
    },
    /** The dials of a system that refuses these values. */
    refusing: (...refuse: string[]) => ({ ...DEFAULT_DIALS, refuse }),
  }
}
