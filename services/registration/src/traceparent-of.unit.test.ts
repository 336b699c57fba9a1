import { traceparentOf } from './traceparent-of.ts'

const incoming = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
const own = '00-11111111111111111111111111111111-2222222222222222-01'
const ids = { traceparent: () => own }

describe('traceparentOf', () => {
  test('a valid header is continued', () => {
    expect(traceparentOf(incoming, ids)).toBe(incoming)
  })

  test.each([
    undefined,
    '',
    'nonsense',
    [incoming, incoming],
    incoming.replace('00-', 'ff-'),
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    incoming.toUpperCase(),
  ])('%j begins a trace of our own', (header) => {
    expect(traceparentOf(header, ids)).toBe(own)
  })
})
