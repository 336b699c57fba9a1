import { fold } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { indexedPrefix, prefixesOf, startsWith, toCenterFields } from './center-document.ts'

const named = (name: string) => ({ ...center, name })

test('a center is found by each start of its name, its code and its CNPJ', () => {
  const prefixes = prefixesOf({ ...center, name: 'São Zé', code: 'X-1', taxId: '12ABC34501DE35' })
  for (const prefix of ['s', 'sao', 'sao ze', 'x', 'x-1', '1', '12abc34501de35'])
    expect(prefixes).toContain(prefix)
  expect(prefixes).not.toContain('ao ze')
  expect(new Set(prefixes).size).toBe(prefixes.length)
})

test('a center without a code is found by the rest, and not by nothing', () => {
  const { code: _, ...uncoded } = center
  const prefixes = prefixesOf(uncoded)
  expect(prefixes).toContain('cd caj')
  expect(prefixes).not.toContain('')
})

test('the index holds 24 characters of each; what is longer is compared', () => {
  const long = named('Centro de Distribuição de Jaboatão dos Guararapes')
  const q = fold('Centro de Distribuição de J')
  expect(Math.max(...prefixesOf(long).map(({ length }) => length))).toBe(24)
  expect(prefixesOf(long)).toContain(indexedPrefix(q))
  expect(startsWith(long, q)).toBe(true)
  expect(startsWith(long, fold('Centro de Distribuição de I'))).toBe(false)
})

test('a prefix is cut between characters, never inside one', () => {
  const boxes = '📦'.repeat(30)
  for (const prefix of [...prefixesOf(named(boxes)), indexedPrefix(boxes)])
    expect(prefix.isWellFormed()).toBe(true)
  expect(prefixesOf(named(boxes))).toContain(indexedPrefix(boxes))
})

test('the fields say what lists ask for', () => {
  const fields = toCenterFields({ center, requestId: 'request', traceparent: undefined, actor: 'local' })
  expect(fields).toMatchObject({
    state: 'SP',
    cityCode: '3509205',
    createdAt: Date.parse(center.createdAt),
    traceparent: null,
  })
  expect(JSON.parse(fields.center)).toEqual(center)
})
