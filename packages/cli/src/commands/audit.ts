import type { AuditEntry } from '@mensageria/client'
import { AUDIT_WORDS, reasonLabel } from '@mensageria/contracts/words'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { wordOf } from '../language/word-of.ts'
import { formatTime } from '../screen/format.ts'
import { readPages } from './shared/pages.ts'
import { showList } from './shared/show-list.ts'
import { readSystemLabels, type SystemLabels } from './shared/system-labels.ts'

type Args = GlobalArgs & { limit: number }

// An integration's name comes first, before a cause or the id of a redrive; a center has its id before its name.
const targetLabel = ({ action, target }: AuditEntry, labelOf: SystemLabels): string => {
  const [first = '', ...rest] = target.split('/')
  return action.startsWith('center.') ? target : [labelOf(first), ...rest].join('/')
}

const toRow = (entry: AuditEntry, labelOf: SystemLabels, { language }: Context): string[] => [
  formatTime(entry.at, language),
  entry.actor,
  wordOf(AUDIT_WORDS[entry.action], language),
  targetLabel(entry, labelOf),
  reasonLabel(entry.reason, language),
]

const run = async (args: Args, context: Context): Promise<void> => {
  const { operations } = connect(args, context)
  const found = await readPages(args.limit, async (query) =>
    dataOf(await operations.GET('/v1/audit', { params: { query } }), context.texts, 'items'),
  )
  const { heads } = context.texts
  const labelOf = await readSystemLabels(args, operations)
  showList(args, context, found, { heads: heads.audit, rowOf: (entry) => toRow(entry, labelOf, context) })
}

/** `mensageria audit` */
export const addAudit = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { commands, options } = context.texts
  cli.command(
    'audit',
    commands.audit,
    (command) =>
      command
        .option('limit', { type: 'number', default: 50, describe: options.limit })
        .example('$0 audit', '')
        .example('$0 audit --limit 500 --json', ''),
    (args) => run(args, context),
  )
}
