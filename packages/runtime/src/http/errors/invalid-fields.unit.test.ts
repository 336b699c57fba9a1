import { z } from 'zod'
import { invalidFields, summaryOf } from './invalid-fields.ts'

const issuesOf = (schema: z.ZodType, value: unknown): readonly z.core.$ZodIssue[] =>
  schema.safeParse(value).error?.issues ?? []

const body = z.strictObject({
  'a/b~c': z.string().optional(),
  items: z.array(z.strictObject({ n: z.number() })).optional(),
})

describe('invalidFields', () => {
  test('a pointer follows keys and indexes', () => {
    const issues = issuesOf(body, { items: [{ n: 1 }, { n: 'x' }] })
    expect(invalidFields(issues, 'body').map(({ pointer }) => pointer)).toEqual(['/items/1/n'])
  })

  test('"/" and "~" in a key are escaped as RFC 6901 says', () => {
    expect(invalidFields(issuesOf(body, { 'a/b~c': 1 }), 'body')[0]?.pointer).toBe('/a~1b~0c')
  })

  test('each unknown key has a pointer of its own', () => {
    const issues = issuesOf(body, { x: 1, 'y/z': 2, items: [{ n: 1, w: 1 }] })
    expect(invalidFields(issues, 'body').map(({ pointer }) => pointer)).toEqual(['/items/0/w', '/x', '/y~1z'])
  })

  test('a body that is none points at the whole', () => {
    const fields = invalidFields(issuesOf(body, null), 'body')
    expect(fields[0]?.pointer).toBe('')
    expect(summaryOf(fields)).toMatch(/^The body: /)
  })

  test.each([
    ['querystring', '/query/pageSize'],
    ['params', '/params/pageSize'],
    ['headers', '/headers/pageSize'],
  ])('a pointer of the %s begins with its part', (context, pointer) => {
    const issues = issuesOf(z.object({ pageSize: z.number() }), { pageSize: 'x' })
    expect(invalidFields(issues, context)[0]?.pointer).toBe(pointer)
  })

  test('a thousand unknown keys make an answer of fifty', () => {
    const value = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 1]))
    expect(invalidFields(issuesOf(body, value), 'body')).toHaveLength(50)
  })

  test('the summary says how many there are besides the first', () => {
    const fields = invalidFields(issuesOf(body, { x: 1, y: 2, z: 3 }), 'body')
    expect(summaryOf(fields)).toBe('/x: This field is not known (and 2 more)')
  })
})
