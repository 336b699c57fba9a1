import type { Argv } from 'yargs'
import type { Context, GlobalOptions } from '../../context.ts'

const KINDS = ['transient', 'misconfigured', 'rejected', 'unknown', 'held'] as const

/** Which deliveries: the same words for those that are looked at and those that are sent again. */
export type FilterArgs = {
  integration: string | undefined
  kind: (typeof KINDS)[number] | undefined
  cause: string | undefined
  since: string | undefined
  until: string | undefined
  q: string | undefined
}

export const filterOptions = (
  command: Argv<GlobalOptions>,
  { texts: { options } }: Context,
): Argv<GlobalOptions & FilterArgs> =>
  command
    .option('integration', { type: 'string', describe: options.integration })
    .option('kind', { choices: KINDS, describe: options.kind })
    .option('cause', { type: 'string', describe: options.cause })
    .option('since', { type: 'string', describe: options.since })
    .option('until', { type: 'string', describe: options.until })
    .option('q', { type: 'string', describe: options.q })
