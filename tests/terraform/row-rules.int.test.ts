import { IntegrationPolicy } from '@mensageria/contracts'
import { needs } from '@mensageria/testkit/needs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { ROOT, runTerraform } from '../support/terraform.ts'

// Rows of every kind, right and wrong: the code and Terraform must say the same of each.
const webhook = (target: object) => ({
  kind: 'webhook',
  target: { url: 'https://portal.example/hooks', ...target },
})
const rabbitmq = (target: object) => ({
  kind: 'rabbitmq',
  target: { url: 'amqps://rabbit.example/sales', exchange: 'centers', ...target },
})
const kafka = (target: object) => ({
  kind: 'kafka',
  target: { brokers: ['k1.example:9092'], topic: 'centers', ...target },
})
const sns = (name: string) => ({
  kind: 'sns',
  target: { topic_arn: `arn:aws:sns:sa-east-1:123456789012:${name}` },
})
const queue = 'https://sqs.sa-east-1.amazonaws.com/123456789012/centers'
const sqs = (target: object) => ({ kind: 'sqs', target: { queue_url: queue, ...target } })
const pubsub = (topic: string) => ({ kind: 'pubsub', target: { topic } })

const OAUTH2 = {
  auth: 'oauth2-client-credentials',
  auth_token_url: 'https://login.example.com/oauth2/token',
  auth_client_id: 'mensageria',
  auth_client: 'post',
  auth_scope: 'providers.write',
}

const RIGHT: readonly object[] = [
  {},
  { url: 'https://maas.example.com' },
  webhook({}),
  webhook({ rejected_by: [400, 422] }),
  rabbitmq({}),
  rabbitmq({ routing_key: '' }),
  rabbitmq({ routing_key: 'center.{type}' }),
  kafka({ brokers: ['k1.example:65535'] }),
  kafka({ sasl: 'scram-sha-512', tls: true }),
  kafka({ brokers: ['10.0.0.1:9092', '[2001:db8::1]:9093'], topic: '..a' }),
  sns('centers'),
  sns('centers.fifo'),
  sqs({}),
  sqs({ region: 'sa-east-1' }),
  sqs({ queue_url: 'https://queue.amazonaws.com/123456789012/centers' }),
  sqs({ queue_url: 'https://sqs.example.com/123456789012/c.fifo', region: 'sa-east-1' }),
  pubsub('projects/other-project/topics/centers'),
  pubsub('projects/example.com:other/topics/centers'),
  ...[{ auth: 'api-key', auth_header: 'X-Api-Key' }, OAUTH2, { auth: 'hmac' }, { auth: 'mtls' }].flatMap(
    (fields) => [fields, webhook(fields)],
  ),
]

const WRONG_AUTH: readonly (readonly [field: string, fields: object])[] = [
  ['auth', { auth: 'digest' }],
  ['auth_header', { auth: 'basic', auth_header: 'X-Key' }],
  ['auth_audience', { auth_audience: 'https://maas.example.com' }],
  ['auth_header', { auth: 'api-key', auth_header: 'Content-Length' }],
  ['auth_header', { auth: 'api-key', auth_header: 'Expect' }],
  ['auth_header', { auth: 'api-key', auth_header: 'x key' }],
  ['auth_token_url', { ...OAUTH2, auth_token_url: 'http://login.example.com/token' }],
  ['auth_client_id', { ...OAUTH2, auth_client_id: 'two words' }],
]

const WRONG: readonly (readonly [field: string, row: object])[] = [
  ['kind', { kind: 'amqp', target: {} }],
  ['target', { kind: 'kafka' }],
  ['target', { target: { url: 'https://portal.example' } }],
  ['url', { ...webhook({}), url: 'https://portal.example' }],
  ['target.url', webhook({ url: 'http://portal.example' })],
  ['target.url', webhook({ url: 'https://user:secret@portal.example' })],
  ['target.url', webhook({ url: 'https://portal.example?key=1' })],
  ['target.rejected_by', webhook({ rejected_by: [500] })],
  ['target', webhook({ exchange: 'centers' })],
  ['target.url', rabbitmq({ url: 'amqp://rabbit.example' })],
  ['target.routing_key', rabbitmq({ routing_key: 'center.{typ}' })],
  ['target.brokers', kafka({ brokers: ['k1.example:65536'] })],
  ['target.exchange', { kind: 'rabbitmq', target: { url: 'amqps://rabbit.example' } }],
  ['target.exchange', rabbitmq({ exchange: '' })],
  ['target.routing_key', rabbitmq({ routing_key: 'x'.repeat(256) })],
  ['target.brokers', kafka({ brokers: [] })],
  ['target.brokers', kafka({ brokers: ['k1.example'] })],
  ['target.topic', kafka({ topic: '..' })],
  ['target.topic', kafka({ topic: 'a b' })],
  ['target.sasl', kafka({ sasl: 'gssapi' })],
  ['target.topic_arn', { kind: 'sns', target: { topic_arn: queue } }],
  ['target.topic_arn', sns('x'.repeat(257))],
  ['target.queue_url', sqs({ queue_url: 'https://sqs.sa-east-1.amazonaws.com/centers' })],
  ['target.region', sqs({ region: 'us-east-1' })],
  ['target.region', sqs({ queue_url: 'https://sqs.example.com/123456789012/centers' })],
  ['target.topic', pubsub('centers')],
  ['target.topic', pubsub('projects/other-project/topics/google-centers')],
  ['auth', { ...webhook({}), auth: 'hmac' }],
  ...WRONG_AUTH.flatMap(([field, fields]): [string, object][] => [
    [field, fields],
    [`target.${field}`, webhook(fields)],
  ]),
]

const Diagnostic = z.looseObject({ diagnostic: z.looseObject({ detail: z.string().default('') }).optional() })

const MAIN = `
variable "rows" { type = any }
module "row" {
  source   = "./row"
  for_each = var.rows
  name     = each.key
  kind     = try(each.value.kind, null)
  target   = try(each.value.target, null)
  url      = try(each.value.url, null)
  authentication = { for field, value in each.value : field => value if startswith(field, "auth") }
}
`

needs('terraform').describe('Terraform and the code say the same of a row', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mensageria-rows-'))
    await cp(join(ROOT, 'terraform/modules/row'), join(folder, 'row'), { recursive: true })
    // It makes nothing, and needs no provider for it.
    await rm(join(folder, 'row/versions.tf'))
    await writeFile(join(folder, 'main.tf'), MAIN)
    await runTerraform(folder, ['init', '-input=false'], 60_000)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** The faults that one plan names, by row. */
  const faultsOf = async (rows: readonly object[]) => {
    const named = Object.fromEntries(rows.map((row, index) => [`r${index}`, row]))
    await writeFile(join(folder, 'rows.auto.tfvars.json'), JSON.stringify({ rows: named }))
    const { code, output } = await runTerraform(folder, ['plan', '-json', '-input=false'], 60_000)
    const lines = output.split('\n').filter((line) => line.startsWith('{'))
    const details = lines.flatMap((line) => Diagnostic.parse(JSON.parse(line)).diagnostic?.detail ?? [])
    const faults = details.flatMap((detail) => [...detail.matchAll(/^row r(\d+): ([a-z_.]+): (.+)$/gm)])
    return {
      code,
      details,
      faults: rows.map((_, index) =>
        faults.flatMap(([, row, field = '', words = '']) => (Number(row) === index ? [[field, words]] : [])),
      ),
    }
  }

  test('what is right is right', async () => {
    expect(RIGHT.filter((row) => !IntegrationPolicy.safeParse(row).success)).toEqual([])
    expect(await faultsOf(RIGHT)).toEqual({ code: 0, details: [], faults: RIGHT.map(() => []) })
  })

  test('what is wrong is refused by both, with its row, its field and the right form', async () => {
    const { code, faults } = await faultsOf(WRONG.map(([, row]) => row))
    expect(code).toBe(1)
    for (const [index, [field, row]] of WRONG.entries()) {
      const paths = (IntegrationPolicy.safeParse(row).error?.issues ?? []).map(({ path }) => path.join('.'))
      expect([row, paths.filter((path) => path.startsWith(field))]).not.toEqual([row, []])
      const said = faults[index] ?? []
      expect([row, said.filter(([path = '']) => path.startsWith(field))]).not.toEqual([row, []])
      for (const [, words] of said) expect(words).toMatch(/^(Must|Needs|Is (for|no)) /)
    }
  })
})
