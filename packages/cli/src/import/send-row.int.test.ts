import { createMensageriaClient } from '@mensageria/client'
import { serve } from '../testing/run.ts'
import { explainError } from '../explain-error.ts'
import { EN } from '../language/texts-en.ts'
import { createSend } from './send-row.ts'

const ROW = { number: 1, line: 2, source: '', content: { registration: { taxId: '11222333000181' } } }

const sendTo = async (status: number, type: string, text: string) => {
  await using server = await serve((request, response) => {
    request.resume().on('end', () => response.writeHead(status, { 'content-type': type }).end(text))
  })
  const client = createMensageriaClient({ baseUrl: server.url, deadlineMs: 600 })
  return await createSend(client, 'run', EN)(ROW)
}

test.each([400, 409, 413, 422, 500])(
  'c17: %d of a proxy ends the import with exit 3, and rejects no row',
  async (status) => {
    const failed = await sendTo(status, 'text/html', '<h1>No</h1>').catch((error: unknown) => error)
    expect(explainError(failed, EN).exitCode).toBe(3)
  },
)

test.each([400, 409, 413, 422, 500])('c17: %d of the service rejects the row', async (status) => {
  const problem = { type: 'urn:mensageria:problem:invalid-request', title: 'Not valid', status }
  const sent = await sendTo(status, 'application/problem+json', JSON.stringify(problem))
  expect(sent).toMatchObject({ kind: 'rejected' })
})

test.each(['{}', '[]', 'null', '"welcome"', '{"ok":true}'])(
  'c17: %s of another service, with 200 or 201, registers no row and ends the import with exit 3',
  async (text) => {
    for (const status of [200, 201]) {
      const failed = await sendTo(status, 'application/json', text).catch((error: unknown) => error)
      expect(explainError(failed, EN).exitCode).toBe(3)
    }
  },
)
