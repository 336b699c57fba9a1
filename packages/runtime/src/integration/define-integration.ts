import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { HttpResult, CallContext, Outcome } from '@mensageria/core'
import type { z } from 'zod'

type WriteOptions = { idempotencyKey: string }

/** What an integration may do with its system: every request has its token, its trace and its time limit already. */
export type DownstreamHttp = {
  get(path: string): Promise<HttpResult>
  put(path: string, body: unknown, options: WriteOptions): Promise<HttpResult>
  post(path: string, body: unknown, options: WriteOptions): Promise<HttpResult>
}

export type IntegrationContext<Config> = Omit<CallContext, 'signal'> & {
  http: DownstreamHttp
  config: Config
}

/** All that the project knows of one downstream system. */
export type IntegrationDefinition<Config> = {
  name: string
  configSchema: z.ZodType<Config>
  deliver(event: DistributionCenterEvent, context: IntegrationContext<Config>): Promise<Outcome>
}

/** Defines an integration; its `Config` is inferred from `configSchema`. */
export const defineIntegration = <Config>(
  definition: IntegrationDefinition<Config>,
): IntegrationDefinition<Config> => definition
