import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { buildHttpApp } from '../http/http-app.ts'
import { json } from '../http/responses.ts'
import { createLogger } from '../logging/logger.ts'
import { startCallers } from '../testing/callers.ts'

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/deploy.md'), 'utf8')
const [section = ''] = /## 5\. [^]*?(?=\n## 6\.)/.exec(guide) ?? []
const TOOL = 'registration-tool@project.iam.gserviceaccount.com'

// The headers of a curl command of the guide, with the token that the command before it printed.
const headersOf = (command: string, token: string): Record<string, string> =>
  Object.fromEntries(
    [...command.matchAll(/-H ["']([\w-]+): ([^"']*)["']/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value.replace('$TOKEN', token),
    ]),
  )

// As Cloud Run does (ADR 0017, 0020): what it has checked goes on without its signature.
const throughCloudRun = (headers: Record<string, string>, stripped: string): Record<string, string> => {
  const { 'x-serverless-authorization': checked, ...rest } = headers
  return checked === undefined ? { ...rest, authorization: `Bearer ${stripped}` } : headers
}

const open = async () => {
  const callers = await startCallers({ register: [TOOL] })
  const app = await buildHttpApp({
    logger: createLogger({ level: 'silent', service: 'test' }),
    bodyLimitBytes: 1024,
    signIn: callers.signIn,
    openapi: { title: 'Test', version: '1', description: 'Test' },
    plugins: [
      (routes) => {
        const schema = { response: { 201: json('Made', z.object({ id: z.string() })) } }
        const config = { access: 'register' } as const
        routes.post('/v1/distribution-centers', { schema, config }, (_request, reply) => {
          reply.code(201)
          return { id: '1' }
        })
      },
    ],
  })
  const claims = callers.idClaims(TOOL)
  const post = async (headers: Record<string, string>) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/distribution-centers',
      headers: throughCloudRun(headers, callers.server.stripped(claims)),
      payload: {},
    })
    return answer.statusCode
  }
  const close = async () => {
    await app.close()
    await callers[Symbol.asyncDispose]()
  }
  return { token: callers.server.token(claims), post, close }
}

const commands = section.split(/\n(?=curl )/).slice(1)

test("c16: the token of docs/deploy.md is the tool's, for the address of the service, and says whose it is", () => {
  expect(commands).toHaveLength(2)
  expect(section).toMatch(/URL=\$\(terraform output -raw registration_url\)/)
  expect(section).toMatch(
    /TOKEN=\$\(gcloud auth print-identity-token --impersonate-service-account="\$TOOL" --audiences="\$URL" --include-email\)/,
  )
})

test('c16: the commands of docs/deploy.md are let in behind Cloud Run; with one header they would not be', async () => {
  const { token, post, close } = await open()
  for (const command of commands) {
    const headers = headersOf(command, token)
    expect(await post(headers)).toBe(201)
    expect(await post({ authorization: headers['authorization'] ?? '' })).toBe(401)
  }
  await close()
})
