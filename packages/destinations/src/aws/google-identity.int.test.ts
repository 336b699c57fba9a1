import { createServer } from 'node:http'
import { once } from 'node:events'
import { bindDestination } from '../bind-destination.ts'
import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { googleIdentity } from './google-identity.ts'

const ROLE = 'arn:aws:iam::123456789012:role/centers'

test.each([
  [{}],
  [{ K_SERVICE: 'partner' }],
  [{ AWS_ROLE_ARN: ROLE }],
  [{ K_SERVICE: 'partner', AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }],
])('with %j the chain of the SDK finds credentials', (env) => {
  expect(googleIdentity(env, 'sa-east-1')).toEqual({})
})

// The token of the metadata server, the role of STS and the topic: each asked as the platforms are.
test('on Cloud Run a message is published as the role that trusts the account of the service', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const { url = '', headers } = request
      if (url.includes('/identity')) {
        asked.push(`token for ${new URL(url, 'http://x').searchParams.get('audience')}`)
        const claims = Buffer.from(JSON.stringify({ exp: 4_000_000_000 })).toString('base64url')
        response.writeHead(200, { 'metadata-flavor': 'Google' }).end(`e30.${claims}.c2ln`)
      } else if (url.includes('computeMetadata')) {
        response.writeHead(200, { 'metadata-flavor': 'Google' }).end('ok')
      } else if (body.includes('AssumeRoleWithWebIdentity')) {
        asked.push(`role ${new URLSearchParams(body).get('RoleArn')}`)
        response
          .writeHead(200, { 'content-type': 'text/xml' })
          .end(
            '<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken><Expiration>2096-10-02T07:06:40Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>',
          )
      } else {
        asked.push(`published as ${/Credential=([A-Z]+)/.exec(headers.authorization ?? '')?.[1]}`)
        response
          .writeHead(200, { 'content-type': 'text/xml' })
          .end('<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>')
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  Object.assign(process.env, {
    GCE_METADATA_HOST: host,
    METADATA_SERVER_DETECTION: 'assume-present',
    AWS_ENDPOINT_URL_STS: `http://${host}`,
  })
  const target = { topic_arn: 'arn:aws:sns:sa-east-1:123456789012:centers', endpoint: `http://${host}` }
  const env = { K_SERVICE: 'partner', AWS_ROLE_ARN: ROLE }
  const bound = await bindDestination('partner', { kind: 'sns', target }, { env, connectionsMax: 1 })
  const context = { idempotencyKey: 'k', attempt: 1, firstAttemptAt: 1, mayHaveEffect: false, now: 1 }
  for (const _ of [1, 2])
    expect(
      await bound.call(toEvent(center, undefined), { ...context, signal: new AbortController().signal }),
    ).toMatchObject({ kind: 'delivered' })
  await bound.close()
  server.closeAllConnections()
  server.close()
  expect(asked).toEqual([
    'token for sts.amazonaws.com',
    `role ${ROLE}`,
    'published as ASIAROLE',
    'published as ASIAROLE',
  ])
}, 30_000)
