import type { LightMyRequestResponse } from 'fastify'
import * as fc from 'fast-check'
import { sample } from '../../testing/registration-sample.ts'
import { CENTERS, startRegistration } from '../../testing/start-registration.ts'

const RUNS = { numRuns: 200 }
// Each run with a server of its own.
const FEWER_RUNS = { numRuns: 60 }

type Api = Awaited<ReturnType<typeof startRegistration>>

// The statuses that the API document lists, by method.
const readDocumented = async ({ app }: Api): Promise<Record<string, string[]>> => {
  const { paths } = (await app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, { responses: object }>>
  }>()
  const statuses = (path: string, method: string) => Object.keys(paths[path]?.[method]?.responses ?? {})
  return { post: statuses(CENTERS, 'post'), put: statuses(`${CENTERS}/{id}`, 'put') }
}
const countOf = async (api: Api) => (await api.get('?pageSize=200')).json<{ items: unknown[] }>().items.length

// Documented; a refusal is a problem document that says nothing of the inside, and has changed nothing.
const expectSane = async (
  api: Api,
  documented: readonly string[] = [],
  ask: () => Promise<LightMyRequestResponse>,
) => {
  const before = [await countOf(api), api.published.length]
  const answer = await ask()
  expect(documented).toContain(String(answer.statusCode))
  expect(answer.statusCode).toBeLessThan(500)
  if (answer.statusCode < 400) return answer
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(answer.json()).toMatchObject({ status: answer.statusCode, type: expect.any(String) })
  expect(answer.body).not.toMatch(/at .*\.ts:|node_modules|SyntaxError/)
  expect([await countOf(api), api.published.length]).toEqual(before)
  return answer
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u0000', '\ud800', '__proto__', 'constructor', '9'.repeat(400), '\u202e', 'é', ' '),
)
const anything = fc.oneof(nasty, fc.integer(), fc.double(), fc.constant(null), fc.jsonValue({ maxDepth: 10 }))
const paths = fc.constantFrom(
  ...['name', 'code', 'taxId', 'address', 'location', 'contact', 'more'].map((key) => [key]),
  ...Object.keys(sample().address).map((key) => ['address', key]),
  ...['name', 'email', 'phone', '__proto__'].map((key) => ['contact', key]),
  ['location', 'latitude'],
)
const withField = (path: readonly string[], value: unknown): string => {
  const [key = '', inner] = path
  const body: Record<string, unknown> = { ...sample() }
  body[key] = inner === undefined ? value : { ...Object(body[key]), [inner]: value }
  return JSON.stringify(body)
}
const headerText = fc.string({
  unit: fc.constantFrom(...Array.from('abz09 "\\,;=:?*/W-_~.'), '\u00e9', '\t'),
})

test('row 35: any bytes and any JSON as a registration are answered as the document says, and a refusal changes nothing', async () => {
  await using api = await startRegistration()
  const { post } = await readDocumented(api)
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue({ depthSize: 'large', maxDepth: 12 }).map((value) => JSON.stringify(value)),
    fc.constant('['.repeat(10_000)),
    fc.constant(`{"name":"${'x'.repeat(70_000)}"}`),
  )
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      await expectSane(api, post, () => api.post(body))
    }),
    RUNS,
  )
})

test('row 35: a registration with any field replaced is refused whole, or kept so that it can be read and sent again', async () => {
  await fc.assert(
    fc.asyncProperty(paths, anything, async (path, value) => {
      await using api = await startRegistration()
      const { post } = await readDocumented(api)
      const answer = await expectSane(api, post, () => api.post(withField(path, value)))
      if (answer.statusCode >= 400) return
      const { id, version: _v, createdAt: _c, updatedAt: _u, publication: _p, ...kept } = answer.json()
      expect((await api.get(`/${id}`)).json()).toMatchObject({ id, version: 1, ...kept })
      const again = await api.post(kept)
      expect([again.statusCode, again.json<{ id: string }>().id]).toEqual([200, id])
      expect(api.published).toHaveLength(1)
    }),
    FEWER_RUNS,
  )
})

test('row 35: any Idempotency-Key and If-Match are taken or refused, and the same request again has the same result', async () => {
  await fc.assert(
    fc.asyncProperty(headerText, headerText, async (key, tag) => {
      await using api = await startRegistration()
      const documented = await readDocumented(api)
      const post = () => api.post(sample(), { 'idempotency-key': key })
      const [first, second] = [
        await expectSane(api, documented['post'], post),
        await expectSane(api, documented['post'], post),
      ]
      expect(second.statusCode).toBe(first.statusCode)
      if (first.statusCode === 201) expect(second.headers['idempotency-replayed']).toBe('true')
      const { id } = (await api.post(sample())).json<{ id: string }>()
      const changed = await expectSane(api, documented['put'], () =>
        api.put(id, sample({ name: 'CD Novo' }), { 'if-match': tag }),
      )
      const isChanged = (await api.get(`/${id}`)).json<{ version: number }>().version === 2
      expect(isChanged).toBe(changed.statusCode === 200)
      expect(changed.statusCode === 200 ? tag.trim() : '*').toMatch(/^(\*|"1")$/)
    }),
    FEWER_RUNS,
  )
})

// IN RFB 2.229/2024: each character counts as its ASCII code less 48, with the weights of the numeric CNPJ.
const checkDigit = (characters: string): number => {
  const values = Array.from(characters, (character) => character.charCodeAt(0) - 48).toReversed()
  const rest = values.reduce((sum, value, index) => sum + value * (2 + (index % 8)), 0) % 11
  return rest < 2 ? 0 : 11 - rest
}
const letters = fc.constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'))
const bases = fc.string({ unit: letters, minLength: 12, maxLength: 12 })
const toCnpj = (base: string): string => {
  const first = checkDigit(base)
  return `${base}${first}${checkDigit(`${base}${first}`)}`
}
const punctuated = (cnpj: string): string =>
  cnpj.replace(/^(..)(...)(...)(....)(..)$/, '$1.$2.$3/$4-$5').toLowerCase()

test('row 35: every alphanumeric CNPJ is one center however it is spelled, and with a wrong check digit it is none', async () => {
  await using api = await startRegistration()
  await fc.assert(
    fc.asyncProperty(bases, fc.integer({ min: 1, max: 9 }), async (base, off) => {
      // The same character twelve times over is refused, as Receita Federal does.
      fc.pre(new Set(base).size > 1)
      const taxId = toCnpj(base)
      const answer = await api.post(sample({ taxId }))
      expect([200, 201]).toContain(answer.statusCode)
      const same = await api.post(sample({ taxId: punctuated(taxId) }))
      expect([same.statusCode, same.json()]).toMatchObject([
        200,
        { id: answer.json<{ id: string }>().id, taxId },
      ])
      const wrong = `${taxId.slice(0, 13)}${(Number(taxId.at(13)) + off) % 10}`
      expect((await api.post(sample({ taxId: wrong }))).statusCode).toBe(400)
    }),
    RUNS,
  )
})
