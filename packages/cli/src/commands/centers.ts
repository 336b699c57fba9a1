import type { DistributionCenter } from '@mensageria/client'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { formatTime } from '../screen/format.ts'
import { readPages } from './shared/pages.ts'
import { showList } from './shared/show-list.ts'

type Args = GlobalArgs & {
  q: string | undefined
  state: string | undefined
  cityCode: string | undefined
  limit: number
}

const toRow = (center: DistributionCenter, { language }: Context): string[] => [
  center.id,
  center.name,
  center.code ?? '-',
  center.taxId,
  `${center.address.city}/${center.address.state}`,
  String(center.version),
  formatTime(center.createdAt, language),
]

const run = async (args: Args, context: Context): Promise<void> => {
  const { registration } = connect(args, context)
  const { q, state, cityCode } = args
  const found = await readPages(args.limit, async (position) => {
    const query = { ...position, q, state, cityCode }
    return dataOf(
      await registration.GET('/v1/distribution-centers', { params: { query } }),
      context.texts,
      'items',
    )
  })
  const { heads } = context.texts
  showList(args, context, found, { heads: heads.centers, rowOf: (center) => toRow(center, context) })
}

/** `mensageria centers` */
export const addCenters = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { options, commands } = context.texts
  cli.command(
    'centers',
    commands.centers,
    (command) =>
      command
        .option('q', { type: 'string', describe: options.q })
        .option('state', { type: 'string', describe: options.uf })
        .option('city-code', { type: 'string', describe: options.cityCode })
        .option('limit', { type: 'number', default: 50, describe: options.limit })
        .example('$0 centers --q "cd caj"', '')
        .example('$0 centers --state SP --limit 500 --json', ''),
    (args) => run(args, context),
  )
}
