import { startRegistration } from '../../testing/start-registration.ts'

type Operation = {
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { example?: object }> }
  responses: Record<string, { description: string; content?: Record<string, unknown> }>
}
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> }

const OPERATIONS: [path: string, method: string, statuses: string[]][] = [
  ['/v1/distribution-centers', 'post', ['200', '201', '400', '409', '413', '415', '422', '503']],
  ['/v1/distribution-centers', 'get', ['200', '400', '503']],
  ['/v1/distribution-centers/{id}', 'get', ['200', '304', '404', '503']],
  ['/v1/distribution-centers/{id}', 'put', ['200', '400', '404', '412', '413', '415', '428', '503']],
  ['/v1/distribution-centers/{id}/deliveries', 'get', ['200', '404', '503']],
]

const readDocument = async (registration: Awaited<ReturnType<typeof startRegistration>>) =>
  (await registration.app.inject('/openapi.json')).json<Document>()

describe('the OpenAPI document', () => {
  test.each(OPERATIONS)('%s %s has a summary, a tag and every status', async (path, method, statuses) => {
    await using registration = await startRegistration()
    const operation = (await readDocument(registration)).paths[path]?.[method]
    expect(operation).toMatchObject({ summary: expect.any(String), tags: ['Distribution centers'] })
    expect(Object.keys(operation?.responses ?? {})).toEqual(statuses)
    for (const [status, { description, content }] of Object.entries(operation?.responses ?? {})) {
      expect(description).not.toBe('Default Response')
      if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(['application/problem+json'])
    }
  })

  test('the example of a registration is accepted as it stands', async () => {
    await using registration = await startRegistration()
    const { paths } = await readDocument(registration)
    const example =
      paths['/v1/distribution-centers']?.['post']?.requestBody?.content['application/json']?.example
    if (!example) throw new Error('There is no example')
    expect((await registration.post(example)).statusCode).toBe(201)
  })

  test('the headers that matter are parameters', async () => {
    await using registration = await startRegistration()
    const { paths } = await readDocument(registration)
    const headersOf = (path: string, method: string) =>
      paths[path]?.[method]?.parameters
        ?.filter((parameter) => parameter.in === 'header')
        .map(({ name }) => name)
    expect(headersOf('/v1/distribution-centers', 'post')).toEqual(['idempotency-key', 'traceparent'])
    expect(headersOf('/v1/distribution-centers/{id}', 'put')).toEqual(['if-match', 'traceparent'])
    expect(headersOf('/v1/distribution-centers/{id}', 'get')).toEqual(['if-none-match'])
  })
})
