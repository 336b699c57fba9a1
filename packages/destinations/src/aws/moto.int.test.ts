import type { Message } from '@aws-sdk/client-sqs'
import { toEvent, type Destination } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { useMoto, type MotoHosts } from '@mensageria/testkit/brokers'
import { needs } from '@mensageria/testkit/needs'
import { bindDestination } from '../bind-destination.ts'
import { openAwsAccount, type TestQueue } from '../testing/aws-account.ts'

const { describe, test } = needs('moto')

const OTHER_ACCOUNT = '999999999999'
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const keyOf = (version: number) => `${center.id}:${version}:partner:0123456789ab`

let moto: MotoHosts
beforeAll(async () => {
  moto = await useMoto()
})

const send = async (destination: Destination, versions: readonly number[], data = center) => {
  const bound = await bindDestination('partner', destination, { env: {}, connectionsMax: 2 })
  const outcomes = []
  for (const version of versions) {
    const context = {
      idempotencyKey: keyOf(version),
      attempt: 1,
      firstAttemptAt: 1,
      mayHaveEffect: false,
      now: 1,
      signal: new AbortController().signal,
    }
    outcomes.push(await bound.call(toEvent({ ...data, version }, TRACE), context))
  }
  await bound.close()
  return outcomes
}

const textsOf = ({ MessageAttributes = {} }: Message) =>
  Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]))
const groupsOf = (messages: readonly Message[]) =>
  messages.map(({ Attributes }) => [Attributes?.MessageGroupId, Attributes?.MessageDeduplicationId])

type Opened = { destination: Destination; queue: TestQueue }
const KINDS: Record<string, (options: { fifo: boolean }) => Promise<Opened>> = {
  sns: async ({ fifo }) => {
    const { arn, queue } = await openAwsAccount(moto).topic({ fifo })
    return { destination: { kind: 'sns', target: { topic_arn: arn, endpoint: moto.endpoint } }, queue }
  },
  sqs: async ({ fifo }) => {
    const queue = await openAwsAccount(moto).queue({ fifo })
    return { destination: { kind: 'sqs', target: { queue_url: queue.url, region: moto.region } }, queue }
  },
}

describe.each(Object.entries(KINDS))('%s', (kind, open) => {
  test('a center arrives as JSON with its ten attributes', async () => {
    const { destination, queue } = await open({ fifo: false })
    expect(await send(destination, [1])).toEqual([{ kind: 'delivered', externalId: expect.any(String) }])
    const [message, ...others] = await queue.take()
    expect(others).toEqual([])
    expect(JSON.parse(message?.Body ?? '')).toEqual(center)
    expect(textsOf(message ?? {})).toEqual({
      'ce-specversion': '1.0',
      'ce-id': `${center.id}:1`,
      'ce-source': '/mensageria/registration',
      'ce-type': 'br.mensageria.distribution-center.registered.v1',
      'ce-subject': center.id,
      'ce-time': center.updatedAt,
      'ce-sequence': '1',
      'ce-datacontenttype': 'application/json',
      'idempotency-key': keyOf(1),
      traceparent: TRACE,
    })
    expect(groupsOf([message ?? {}])).toEqual([[undefined, undefined]])
  })

  test('FIFO: what is sent twice arrives once, and versions in their order', async () => {
    const { destination, queue } = await open({ fifo: true })
    const outcomes = await send(destination, [1, 1, 2, 3])
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(Array(4).fill('delivered'))
    const messages = await queue.take()
    expect(messages.map((message) => textsOf(message)['ce-sequence'])).toEqual(['1', '2', '3'])
    expect(groupsOf(messages)[0]?.[0]).toBe(center.id)
  })

  test('one that is missing is a configuration error', async () => {
    const missing: Destination =
      kind === 'sns'
        ? {
            kind: 'sns',
            target: { topic_arn: 'arn:aws:sns:sa-east-1:123456789012:none', endpoint: moto.endpoint },
          }
        : {
            kind: 'sqs',
            target: { queue_url: `${moto.endpoint}/123456789012/none`, region: moto.region },
          }
    expect(await send(missing, [1])).toMatchObject([
      { kind: 'misconfigured', cause: kind === 'sns' ? 'not-found' : 'queue-does-not-exist' },
    ])
  })
})

test('a topic of another account gets it', async () => {
  const { arn, queue } = await openAwsAccount(moto, OTHER_ACCOUNT).topic()
  expect(arn).toContain(OTHER_ACCOUNT)
  const target = { topic_arn: arn, endpoint: moto.endpoint }
  expect(await send({ kind: 'sns', target }, [1])).toMatchObject([{ kind: 'delivered' }])
  expect(await queue.take()).toHaveLength(1)
})

test('a queue that takes less than the message refuses the data', async () => {
  const { url } = await openAwsAccount(moto).queue({ attributes: { MaximumMessageSize: '1024' } })
  const target = { queue_url: url, region: moto.region }
  const [outcome] = await send({ kind: 'sqs', target }, [1], { ...center, name: 'x'.repeat(1_024) })
  expect(outcome).toMatchObject({ kind: 'rejected', cause: 'rejected:message-too-large', httpStatus: 400 })
})
