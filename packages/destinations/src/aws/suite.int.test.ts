import { setTimeout as sleep } from 'node:timers/promises'
import type { Message } from '@aws-sdk/client-sqs'
import type { Destination } from '@mensageria/contracts'
import { startMoto, useMoto, type MotoHosts } from '@mensageria/testkit/brokers'
import { describeDestination, type Received, type RowUnderTest } from '@mensageria/testkit/destination-suite'
import { needs } from '@mensageria/testkit/needs'
import { startTcpProxy } from '@mensageria/testkit/tcp-proxy'
import { openAwsAccount, type AwsAccount, type TestQueue } from '../testing/aws-account.ts'
import { openDestination } from '../testing/open-destination.ts'

const PREFIX = 'ce-'
const ENV = { AWS_ACCESS_KEY_ID: 'AKIAOFTHESUITE', AWS_SECRET_ACCESS_KEY: 'never-to-be-read-anywhere' }

const toReceived = ({ MessageAttributes = {}, Body = '' }: Message): Received => {
  const texts = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue])
  const {
    'ce-datacontenttype': contentType = '',
    'idempotency-key': idempotencyKey = '',
    traceparent = '',
    ...ce
  } = Object.fromEntries(texts)
  const attributes = Object.entries(ce).map(([name, value]) => [name.slice(PREFIX.length), value])
  return {
    attributes: Object.fromEntries(attributes),
    contentType,
    body: JSON.parse(Body),
    idempotencyKey,
    traceparent,
  }
}

// moto is one thread of Python: asked without a pause it has no time for what is sent to it.
const PAUSE_MS = 50

/** Reads a queue until it is told to stop. */
const consume = (queue: TestQueue) => {
  const received: Received[] = []
  const ending = new AbortController()
  const reading = (async () => {
    while (!ending.signal.aborted) {
      const messages = await queue.take()
      received.push(...messages.map(toReceived))
      if (messages.length === 0) await sleep(PAUSE_MS)
    }
  })()
  const close = async () => {
    ending.abort()
    await reading
  }
  return { received: () => received, close }
}

type Made = { queue: TestQueue; destinationAt: (endpoint: string, suffix?: string) => Destination }
const KINDS: Record<
  string,
  { missing: string; refused: string; make: (account: AwsAccount) => Promise<Made> }
> = {
  sns: {
    missing: 'not-found',
    refused: 'invalid-client-token-id',
    make: async (account) => {
      const { arn, queue } = await account.topic()
      return {
        queue,
        destinationAt: (endpoint, prefix = '') => ({
          kind: 'sns',
          target: { topic_arn: arn.replace(/[^:]+$/, `${prefix}$&`), endpoint },
        }),
      }
    },
  },
  sqs: {
    missing: 'queue-does-not-exist',
    // moto says it in XML, which is no answer of SQS.
    refused: 'http-403',
    make: async (account) => {
      const queue = await account.queue()
      const { pathname } = new URL(queue.url)
      return {
        queue,
        destinationAt: (endpoint, prefix = '') => ({
          kind: 'sqs',
          target: {
            queue_url: `${endpoint}${pathname.replace(/[^/]+$/, `${prefix}$&`)}`,
            region: 'sa-east-1',
          },
        }),
      }
    },
  },
}

needs('moto').describe('the kinds of AWS', () => {
  let moto: MotoHosts
  // It knows no user, so it refuses every one.
  let refusing: Awaited<ReturnType<typeof startMoto>>
  beforeAll(async () => {
    moto = await useMoto()
    refusing = await startMoto({ INITIAL_NO_AUTH_ACTION_COUNT: '0' })
  })
  afterAll(() => refusing.stop())

  for (const [kind, { missing, refused, make }] of Object.entries(KINDS))
    describeDestination({
      kind: kind === 'sns' ? 'sns' : 'sqs',
      open: (row, write) => {
        // The SDK looks for credentials in the environment of its process.
        Object.assign(process.env, row.env)
        return openDestination(row, write)
      },
      startProxy: () => startTcpProxy(new URL(moto.endpoint).host),
      makeTarget: async (proxy) => {
        const { queue, destinationAt } = await make(openAwsAccount(moto))
        const rowOf = (destination: Destination): RowUnderTest => ({ destination, env: ENV })
        const endpoint = `http://${proxy.host}`
        return {
          row: rowOf(destinationAt(endpoint)),
          refused: rowOf(destinationAt(refusing.hosts.endpoint)),
          missing: rowOf(destinationAt(endpoint, 'no-')),
          ...consume(queue),
        }
      },
      expected: {
        refused: { kind: 'misconfigured', cause: refused },
        missing: { kind: 'misconfigured', cause: missing },
        tooLarge: { kind: 'rejected', cause: 'rejected:message-too-large' },
      },
    })
})
