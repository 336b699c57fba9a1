import {
  createOrUpdate,
  outcomeByStatus,
  type CallContext,
  type CreateOrUpdate,
  type Expected,
  type HttpResult,
  type Outcome,
} from '@mensageria/core'

type RequestOptions = {
  /** Besides what every request has: an `if-match`, or another `content-type` of a JSON body. */
  headers?: Record<string, string>
}
type Read = (path: string, options?: RequestOptions) => Promise<HttpResult>
type Write = (path: string, body: unknown, options?: RequestOptions) => Promise<HttpResult>

/**
 * What an integration may do with its system. Every request has its credential, its trace and its time limit already, and
 * every write its idempotency key.
 */
export type DownstreamHttp = { get: Read; put: Write; post: Write; patch: Write; delete: Read }

/** What an integration is given for one call. */
export type IntegrationContext<Config> = Omit<CallContext, 'signal' | 'now'> & {
  http: DownstreamHttp
  config: Config
  /** Reads an answer: delivered where it is a success as expected, else the kind of its failure. */
  outcome: <Body>(answer: HttpResult, expected?: Expected<Body>) => Outcome
  /** For a system whose create is not safe to repeat: looks up first, and updates what is different. */
  createOrUpdate: <Page, Found extends { id: string }, Body>(
    wanted: CreateOrUpdate<Page, Found, Body>,
  ) => Promise<Outcome>
}

/** The context of one call, as `deliver` of an integration gets it. */
export const createIntegrationContext = <Config>(
  { now, ...facts }: Omit<CallContext, 'signal'>,
  parts: { http: DownstreamHttp; config: Config },
): IntegrationContext<Config> => ({
  ...facts,
  ...parts,
  outcome: (answer, expected = {}) => outcomeByStatus(answer, { ...expected, now }),
  createOrUpdate: (wanted) => createOrUpdate({ ...facts, now }, wanted),
})
