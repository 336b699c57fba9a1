import type { ServerResponse } from 'node:http'
import { toEvent, type Destination } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { startForwardProxy } from '@mensageria/testkit/forward-proxy'
import { bindDestination } from '../bind-destination.ts'
import { serve } from '../testing/serve.ts'

const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLE//token=='
const KEY_ID = 'ASIAEXAMPLEKEYID'
const PUBLISHED = '<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>'
const IN_A_WHILE = '2100-01-01T00:00:00Z'
const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']
const ARN = 'arn:aws:sns:sa-east-1:123456789012:centers'

beforeEach(() => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: KEY_ID,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: TOKEN,
  })
})

const CONTEXT = {
  idempotencyKey: `${center.id}:1:partner:0123456789ab`,
  attempt: 1,
  firstAttemptAt: 1,
  mayHaveEffect: false,
  now: 1,
}

const sendTo = async (destination: Destination, { env = {}, signal = new AbortController().signal } = {}) => {
  const bound = await bindDestination('partner', destination, { env, connectionsMax: 2 })
  const outcome = await bound.call(toEvent(center, undefined), { ...CONTEXT, signal })
  await bound.close()
  return outcome
}

const targets = (endpoint: string): Destination[] => [
  { kind: 'sns', target: { topic_arn: ARN, endpoint } },
  { kind: 'sqs', target: { queue_url: `${endpoint}/123456789012/centers`, region: 'sa-east-1' } },
]

describe.each([0, 1])('a service that answers strangely (%d: sns, sqs)', (which) => {
  const destinationAt = (url: string): Destination => {
    const destination = targets(url)[which]
    if (!destination) throw new Error('No such kind')
    return destination
  }

  test('repeats session token and key id, and neither is in the outcome', async () => {
    await using service = await serve((request, response) => {
      const { authorization } = request.headers
      const words = `No: ${TOKEN} of ${KEY_ID} in ${authorization?.replaceAll(/[<&]/g, '')}`
      const xml = `<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>${words}</Message></Error></ErrorResponse>`
      const json = JSON.stringify({ __type: 'x#SignatureDoesNotMatch', message: words })
      response.writeHead(403).end(which === 0 ? xml : json)
    })
    const outcome = await sendTo(destinationAt(service.url))
    expect(outcome).toMatchObject({
      kind: 'misconfigured',
      cause: 'signature-does-not-match',
      httpStatus: 403,
    })
    expect(JSON.stringify(outcome)).toContain('***')
    expect(JSON.stringify(outcome)).not.toMatch(/IQoJb3|ASIAEXAMPLE|Signature=[0-9a-f]/)
  })

  test('asks once, however it fails', async () => {
    let asked = 0
    await using service = await serve((_, response) => {
      asked += 1
      response.writeHead(503, { 'retry-after': '3' }).end('<h1>Busy</h1>')
    })
    expect(await sendTo(destinationAt(service.url))).toMatchObject({ kind: 'transient', retryAfterMs: 3_000 })
    expect(asked).toBe(1)
  })

  test('hangs up after the request: in doubt; is away: not sent', async () => {
    await using service = await serve((request) => request.socket.destroy())
    expect(await sendTo(destinationAt(service.url))).toMatchObject({
      kind: 'unknown',
      cause: 'connection-reset',
    })
    await service[Symbol.asyncDispose]()
    expect(await sendTo(destinationAt(service.url))).toMatchObject({
      kind: 'transient',
      cause: 'connection-refused',
    })
  })

  test('says nothing until the signal ends the call: in doubt', async () => {
    const controller = new AbortController()
    await using service = await serve(() => controller.abort(new DOMException('Too long', 'TimeoutError')))
    const { signal } = controller
    expect(await sendTo(destinationAt(service.url), { signal })).toMatchObject({
      kind: 'unknown',
      cause: 'timeout',
    })
  })

  test.each([200, 302, 404])('is a portal that answers %d', async (status) => {
    await using service = await serve((_, response) => response.writeHead(status).end('<html>Sign in</html>'))
    const { kind } = await sendTo(destinationAt(service.url))
    expect(kind).toBe(status === 200 ? 'unknown' : 'misconfigured')
  })

  test('is not asked without credentials', async () => {
    for (const name of CREDENTIALS) delete process.env[name]
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    })
    let asked = 0
    await using service = await serve(() => (asked += 1))
    expect(await sendTo(destinationAt(service.url))).toEqual({
      kind: 'misconfigured',
      cause: 'credentials',
      message: 'No credentials of AWS: Could not load credentials from any providers',
    })
    expect(asked).toBe(0)
  })
})

test('credentials that do not come are given up with the signal: nothing was sent, and the next call has them', async () => {
  for (const name of CREDENTIALS) delete process.env[name]
  const ending = new AbortController()
  let held: ServerResponse | undefined
  await using source = await serve((_, response) => {
    held = response
    ending.abort(new DOMException('The call took too long', 'TimeoutError'))
  })
  process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = source.url
  let published = 0
  await using service = await serve((_, response) => {
    published += 1
    response.end(PUBLISHED)
  })
  const target = { topic_arn: ARN, endpoint: service.url }
  const bound = await bindDestination('partner', { kind: 'sns', target }, { env: {}, connectionsMax: 1 })
  const event = toEvent(center, undefined)
  const late = await bound.call(event, { ...CONTEXT, signal: ending.signal })
  expect(late).toMatchObject({ kind: 'transient', cause: 'credentials-timeout' })
  held?.end(
    JSON.stringify({ AccessKeyId: KEY_ID, SecretAccessKey: 's', Token: TOKEN, Expiration: IN_A_WHILE }),
  )
  const next = await bound.call(event, { ...CONTEXT, signal: new AbortController().signal })
  await bound.close()
  delete process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  expect(next).toMatchObject({ kind: 'delivered' })
  expect(published).toBe(1)
})

test('a queue of another account is named by its address, wherever the service is', async () => {
  const bodies: unknown[] = []
  await using service = await serve((_, response, body) => {
    bodies.push(JSON.parse(body))
    response.writeHead(503).end()
  })
  const queue_url = 'https://queue.amazonaws.com/999999999999/centers.fifo'
  await sendTo({ kind: 'sqs', target: { queue_url, endpoint: service.url } })
  expect(bodies).toMatchObject([
    { QueueUrl: queue_url, MessageGroupId: center.id, MessageDeduplicationId: CONTEXT.idempotencyKey },
  ])
})

test('a clock that is an hour off costs one attempt: the next is signed by the clock of the answer', async () => {
  const HOUR_MS = 3_600_000
  await using service = await serve((request, response) => {
    const signedAt = String(request.headers['x-amz-date'])
    const here = new Date(Date.now() + HOUR_MS)
    const isNow = signedAt.startsWith(here.toISOString().replaceAll(/[-:]/g, '').slice(0, 11))
    response.setHeader('date', here.toUTCString())
    const error = '<Code>SignatureDoesNotMatch</Code><Message>Signature expired</Message>'
    if (isNow) response.end(PUBLISHED)
    else response.writeHead(403).end(`<ErrorResponse><Error>${error}</Error></ErrorResponse>`)
  })
  const target = { topic_arn: ARN, endpoint: service.url }
  const options = { env: {}, connectionsMax: 1 }
  const bound = await bindDestination('partner', { kind: 'sns', target }, options)
  const event = toEvent(center, undefined)
  const { signal } = new AbortController()
  expect(await bound.call(event, { ...CONTEXT, signal })).toMatchObject({
    kind: 'transient',
    cause: 'clock-skew',
  })
  expect(await bound.call(event, { ...CONTEXT, signal })).toEqual({ kind: 'delivered', externalId: 'm' })
  await bound.close()
})

describe('the service is asked where the row says, through the proxy', () => {
  const sns = (region: string, partition = 'aws'): Destination => ({
    kind: 'sns',
    target: { topic_arn: `arn:${partition}:sns:${region}:123456789012:centers` },
  })
  const sqs = (host: string, endpoint?: string): Destination => ({
    kind: 'sqs',
    target: { queue_url: `https://${host}/123456789012/centers`, ...(endpoint ? { endpoint } : {}) },
  })
  const VPC = 'vpce-1.sqs.sa-east-1.vpce.amazonaws.com'
  test.each<[string, Destination]>([
    ['sns.sa-east-1.amazonaws.com', sns('sa-east-1')],
    ['sns.cn-north-1.amazonaws.com.cn', sns('cn-north-1', 'aws-cn')],
    ['sns.us-gov-west-1.amazonaws.com', sns('us-gov-west-1', 'aws-us-gov')],
    ['sqs.sa-east-1.amazonaws.com', sqs('sqs.sa-east-1.amazonaws.com')],
    ['sqs.us-east-1.amazonaws.com', sqs('queue.amazonaws.com')],
    ['sqs.sa-east-1.amazonaws.com', sqs('sa-east-1.queue.amazonaws.com')],
    ['sqs.cn-north-1.amazonaws.com.cn', sqs('cn-north-1.queue.amazonaws.com.cn')],
    ['sqs.us-gov-west-1.amazonaws.com', sqs('sqs.us-gov-west-1.amazonaws.com')],
    ['sqs-fips.us-gov-east-1.amazonaws.com', sqs('sqs-fips.us-gov-east-1.amazonaws.com')],
    [VPC, sqs(VPC)],
    [VPC, sqs('sqs.sa-east-1.amazonaws.com', `https://${VPC}`)],
  ])('%s', async (host, destination) => {
    const proxy = await startForwardProxy({})
    proxy.become({ status: 403 })
    const outcome = await sendTo(destination, { env: { HTTPS_PROXY: proxy.url } })
    await proxy.close()
    expect(proxy.asked).toEqual([`${host}:443`])
    expect(outcome).toMatchObject({ kind: 'misconfigured', cause: 'proxy-http-403' })
  })
})
