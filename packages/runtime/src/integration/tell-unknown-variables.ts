import { variablesOf } from '@mensageria/contracts'
import { z } from 'zod'
import type { Env } from '../base/env.ts'
import { findUnknownVariables } from '../base/unknown-variables.ts'
import type { Logger } from '../logging/logger.ts'
import { readIntegrations } from '../list/read-integrations.ts'

const keysOf = (schema: z.ZodType): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : []

/**
 * Warns of each variable that looks like one of ours and that nothing reads. `schema` is the configuration of the process;
 * `listFile` is where its integrations are, whose addresses and tokens are variables too.
 */
export const tellUnknownVariables = (
  env: Env,
  { schema, listFile, logger }: { schema: z.ZodType; listFile?: string; logger: Pick<Logger, 'warn'> },
): void => {
  const integrations = listFile === undefined ? [] : readIntegrations(listFile).map(([name]) => name)
  for (const { name, meant } of findUnknownVariables(env, [
    ...keysOf(schema),
    ...integrations.flatMap((integration) => Object.values(variablesOf(integration))),
  ])) {
    logger.warn(`${name} is set, but nothing reads it: ${meant} is the nearest that is read`)
  }
}
