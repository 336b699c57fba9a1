import type { AuditEntry } from '@mensageria/client'
import { AUDIT_WORDS, reasonLabel } from '@mensageria/contracts/words'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { wordOf } from '../language/word-of.ts'
import { formatTime } from '../screen/format.ts'
import { readPages } from './shared/pages.ts'
import { showList } from './shared/show-list.ts'

type Args = GlobalArgs & { limit: number }

const toRow = ({ at, actor, action, target, reason }: AuditEntry, { language }: Context): string[] => [
  formatTime(at, language),
  actor,
  wordOf(AUDIT_WORDS[action], language),
  target,
  reasonLabel(reason, language),
]

const run = async (args: Args, context: Context): Promise<void> => {
  const { operations } = connect(args, context)
  const found = await readPages(args.limit, async (query) =>
    dataOf(await operations.GET('/v1/audit', { params: { query } }), context.texts, 'items'),
  )
  const { heads } = context.texts
  showList(args, context, found, { heads: heads.audit, rowOf: (entry) => toRow(entry, context) })
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
