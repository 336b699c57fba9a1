import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { DestinationKind, type DestinationOf } from '@mensageria/contracts'
import { z } from 'zod'

const run = promisify(execFile)

// How both kinds of AWS sign in: by the chain of the SDK, or with an account of Google.
const AWS_SIGN_IN = ['@aws-sdk/credential-provider-node', '@aws-sdk/credential-provider-web-identity']

const LIBRARIES: Record<DestinationKind, readonly string[]> = {
  webhook: [],
  rabbitmq: ['rabbitmq-client'],
  kafka: ['@platformatic/kafka'],
  sns: ['@aws-sdk/client-sns', ...AWS_SIGN_IN],
  sqs: ['@aws-sdk/client-sqs', ...AWS_SIGN_IN],
  pubsub: ['@google-cloud/pubsub'],
}

const TARGETS: { readonly [Kind in DestinationKind]: DestinationOf<Kind>['target'] } = {
  webhook: { url: 'https://portal.example/hooks/centers', rejected_by: [] },
  rabbitmq: { url: 'amqps://rabbit.example', exchange: 'centers', routing_key: 'center' },
  kafka: { brokers: ['k1.example:9092'], topic: 'centers', sasl: 'plain', tls: true },
  sns: { topic_arn: 'arn:aws:sns:sa-east-1:123456789012:centers.fifo' },
  sqs: { queue_url: 'https://sqs.sa-east-1.amazonaws.com/123456789012/centers' },
  pubsub: { topic: 'projects/other/topics/centers', ordering: false },
}

// A process of its own for each: a module that one has loaded stays loaded.
const BIND = `
import { registerHooks } from 'node:module'
const loaded = new Set()
registerHooks({
  load: (url, context, next) => {
    loaded.add(/.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1])
    return next(url, context)
  },
})
const [registry, kind, target] = process.argv.slice(1)
const { bindDestination } = await import(registry)
const env = { ERP_TOKEN: 't', ERP_USERNAME: 'u', ERP_PASSWORD: 'p' }
if (kind) await (await bindDestination('erp', { kind, target: JSON.parse(target) }, { connectionsMax: 1, env })).close()
console.log(JSON.stringify([...loaded].filter(Boolean)))`

const loadedBy = async (...args: readonly string[]): Promise<string[]> => {
  const registry = new URL('index.ts', import.meta.url).href
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', BIND, registry, ...args])
  return z.array(z.string()).parse(JSON.parse(stdout))
}

const sdks = async (): Promise<string[]> => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')))
  return Object.keys(dependencies).filter((name) => !name.startsWith('@mensageria/') && name !== 'zod')
}

test('every library of the package belongs to a kind', async () => {
  expect([...new Set(Object.values(LIBRARIES).flat())].toSorted()).toEqual((await sdks()).toSorted())
})

test('the registry alone loads no library', async () => {
  const loaded = await loadedBy()
  expect(loaded).toContain('zod')
  expect((await sdks()).filter((name) => loaded.includes(name))).toEqual([])
})

test.each(DestinationKind.options)(
  'a process with a row of %s loads the library of that kind alone',
  async (kind) => {
    const loaded = await loadedBy(kind, JSON.stringify(TARGETS[kind]))
    expect((await sdks()).filter((name) => loaded.includes(name))).toEqual(LIBRARIES[kind])
  },
)
