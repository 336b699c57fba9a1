import { z } from 'zod'
import type { Dials } from './dials.ts'

/** What a system answers, and the effect that this request had on it, if any. */
export type HttpResult = {
  status: number
  body: unknown
  effect?: { operation: 'create' | 'update' | 'upsert'; subject: string }
}

/** One request to a system: `id` is the path's parameter ('' where there is none); the body is not checked yet. */
export type Call = { id: string; query: unknown; body: unknown; dials: Dials; now: number }

/** One operation of a system's API; it runs in one synchronous block, so requests cannot overlap inside. */
type Route = { method: 'GET' | 'POST' | 'PUT'; url: string; handle: (call: Call) => HttpResult }

/** A simulated system: its API, everything it holds, and a way to forget that. */
export type System = { routes: Route[]; records: () => unknown[]; clear: () => void }

/** Makes a system that nobody has called yet: what the file `simulated.ts` of an integration exports. */
export type CreateSystem = () => System

/** An answer in the shape that proves a refusal. */
export const refusal = (status: number, code: string, message: string): HttpResult => ({
  status,
  body: { code, message },
})

/** The refusal of a body that does not fit its schema; names the fields, never their content. */
export const invalidBody = (status: number, error: z.ZodError): HttpResult =>
  refusal(status, 'invalid-body', error.issues.map(({ path }) => `/${path.join('/')}`).join(', '))

/** The refusal that the dial asks for where one of these values is on its list. */
export const refusedBy = (dials: Dials, values: Record<string, string>): HttpResult | undefined => {
  const hit = Object.entries(values).find(([, value]) => dials.refuse.includes(value))
  return hit && refusal(422, `invalid-${hit[0]}`, `The ${hit[0]} is refused`)
}

/** Text as the systems take it. */
export const text = z.string().min(1).max(512)
export const postalCode = z.string().regex(/^\d{8}$/)
export const state = z.string().regex(/^[A-Z]{2}$/)
