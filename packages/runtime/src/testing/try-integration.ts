import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { CallContext, HttpResult, Outcome } from '@mensageria/core'
import type { IntegrationDefinition } from '../integration/define-integration.ts'
import { createIntegrationContext, type DownstreamHttp } from '../integration/integration-context.ts'

/** One call as it goes over the wire: `PUT /things/1`, its body, and headers of its own; what is not there is left out. */
export type TriedCall = [request: string, ...bodyAndHeaders: unknown[]]

type Trial = {
  event: DistributionCenterEvent
  /** What the system answers, in this order. One that is not asked for, and one that is missing, is an error. */
  answers: readonly HttpResult[]
  /** What differs from a first attempt. */
  changes?: Partial<Omit<CallContext, 'signal'>>
}

const FIRST_ATTEMPT = { idempotencyKey: 'key', attempt: 1, firstAttemptAt: 0, mayHaveEffect: false, now: 0 }

/** An answer of a system: its status, and its JSON body where there is one. */
export const answered = (status: number, body?: unknown): HttpResult => ({ type: 'response', status, body })

/** Calls an integration once against answers that are given, and tells what it asked and how it ended. */
export const tryIntegration = async <Config>(
  integration: Pick<IntegrationDefinition<Config>, 'deliver'>,
  config: Config,
  { event, answers, changes }: Trial,
): Promise<{ outcome: Outcome; calls: TriedCall[] }> => {
  const calls: TriedCall[] = []
  const left = [...answers]
  const ask = async (request: string, ...bodyAndHeaders: unknown[]): Promise<HttpResult> => {
    const said = bodyAndHeaders.filter((part) => part !== undefined)
    calls.push([request, ...said.map((part): unknown => JSON.parse(JSON.stringify(part)))])
    const answer = left.shift()
    if (!answer) throw new Error(`${request} is one call too many`)
    return answer
  }
  const http: DownstreamHttp = {
    get: (path, options) => ask(`GET ${path}`, options?.headers),
    put: (path, body, options) => ask(`PUT ${path}`, body, options?.headers),
    post: (path, body, options) => ask(`POST ${path}`, body, options?.headers),
    patch: (path, body, options) => ask(`PATCH ${path}`, body, options?.headers),
    delete: (path, options) => ask(`DELETE ${path}`, options?.headers),
  }
  const context = createIntegrationContext({ ...FIRST_ATTEMPT, ...changes }, { http, config })
  const outcome = await integration.deliver(event, context)
  if (left.length > 0) throw new Error(`${left.length} answers were not asked for`)
  return { outcome, calls }
}
