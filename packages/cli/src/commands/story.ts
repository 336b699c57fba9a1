import type { Delivery, DistributionCenter, Integration } from '@mensageria/client'
import { RESULT_WORDS, SIMULATED_WORDS, STATE_WORDS, triggerWords } from '@mensageria/contracts/words'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { withSimulated } from '../language/simulated.ts'
import { wordOf } from '../language/word-of.ts'
import { formatDuration, formatTime, paint } from '../screen/format.ts'
import { findCenter } from './shared/find-center.ts'
import { systemLabel } from './shared/system-labels.ts'

type Args = GlobalArgs & { center: string }
type Attempt = Delivery['history'][number]

const attemptLine = (attempt: Attempt, { texts, language, io }: Context): string => {
  const result = paint(
    attempt.result === 'delivered' ? 'delivered' : 'retrying',
    wordOf(RESULT_WORDS[attempt.result], language),
    io.colors,
  )
  const said = texts.story.attempt(
    result,
    `${Math.round(attempt.durationMs)} ms`,
    wordOf(triggerWords(attempt.trigger), language),
  )
  const by = attempt.simulated ? `, ${wordOf(SIMULATED_WORDS, language)}` : ''
  const cause = attempt.cause === undefined ? '' : `: ${attempt.cause}`
  return `    ${formatTime(attempt.at, language)}  v${attempt.version}  ${said}${by}${cause}`
}

/** What will happen to a delivery that is not done, in words. */
const outlookOf = (delivery: Delivery, horizonHours: number, { texts, language }: Context): string[] => {
  const { story } = texts
  switch (delivery.state) {
    case 'delivered':
      return []
    case 'waiting':
      return [story.nothingYet]
    case 'parked':
      return [story.parked]
    case 'rejected':
      return [story.rejected]
    case 'delivering':
    case 'retrying': {
      const { firstAttemptAt, nextAttemptAt } = delivery
      const next = nextAttemptAt === undefined ? [] : [story.next(formatTime(nextAttemptAt, language))]
      if (firstAttemptAt === undefined) return next
      const leftMs = Date.parse(firstAttemptAt) + horizonHours * 3_600_000 - Date.now()
      return leftMs > 0 ? [...next, story.given(formatDuration(leftMs))] : next
    }
    default:
      return delivery.state satisfies never
  }
}

const deliveryLines = (delivery: Delivery, system: Integration | undefined, context: Context): string[] => {
  const { language, io } = context
  const { lastFailure } = delivery
  const state = paint(delivery.state, wordOf(STATE_WORDS[delivery.state], language), io.colors)
  const failure = lastFailure ? [`${lastFailure.cause}: ${lastFailure.message}`] : []
  return [
    `  ${system ? systemLabel(system) : delivery.integration}: ${withSimulated(state, delivery, language)}`,
    ...delivery.history.map((attempt) => attemptLine(attempt, context)),
    ...[...failure, ...outlookOf(delivery, system?.horizonHours ?? 0, context)].map((line) => `    ${line}`),
  ]
}

const headOf = (center: DistributionCenter, { texts, language }: Context): string[] => [
  `${center.name} (${center.taxId}), ${center.address.city}/${center.address.state}`,
  center.id,
  texts.story.registered(formatTime(center.createdAt, language), center.version),
]

const run = async (args: Args, context: Context): Promise<void> => {
  const { texts, io } = context
  const apis = connect(args, context)
  const center = await findCenter(args.center, apis, context)
  const params = { path: { id: center.id } }
  const [deliveries, integrations] = await Promise.all([
    apis.registration.GET('/v1/distribution-centers/{id}/deliveries', { params }),
    apis.operations.GET('/v1/integrations'),
  ])
  const { items } = dataOf(deliveries, texts, 'items')
  if (args.json) return io.out(JSON.stringify({ center, deliveries: items }))
  const systems = new Map(dataOf(integrations, texts, 'items').items.map((one) => [one.name, one]))
  const lines = items.flatMap((one) => deliveryLines(one, systems.get(one.integration), context))
  io.out([...headOf(center, context), ...lines].join('\n'))
}

/** `mensageria story CENTER` */
export const addStory = (cli: Argv<GlobalOptions>, context: Context): void => {
  cli.command(
    'story <center>',
    context.texts.commands.story,
    (command) =>
      command
        .positional('center', { type: 'string', demandOption: true })
        .example('$0 story 11.222.333/0001-81', '')
        .example('$0 story CD-SP-01', ''),
    (args) => run(args, context),
  )
}
