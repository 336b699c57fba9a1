import type { Row } from './row.ts'
import { sendBatch, type Send } from './send-batch.ts'

const rowOf = (number: number, taxId: string): Row => ({
  number,
  line: number,
  source: '',
  content: { registration: { taxId } },
})

test('rows are sent so many at once, and what became of each is told in their order', async () => {
  let open = 0
  let most = 0
  const send: Send = async ({ number }) => {
    open += 1
    most = Math.max(most, open)
    await new Promise(setImmediate)
    open -= 1
    return number % 2 ? { kind: 'registered' } : { kind: 'rejected', reason: String(number) }
  }
  const rows = Array.from({ length: 20 }, (_, index) => rowOf(index, `t${index}`))
  const sent = await sendBatch([...rows, { ...rowOf(20, ''), content: { fault: 'bad' } }], 4, send)
  expect(most).toBe(4)
  expect(sent).toHaveLength(21)
  expect(sent[3]).toEqual({ kind: 'registered' })
  expect(sent[4]).toEqual({ kind: 'rejected', reason: '4' })
  expect(sent[20]).toEqual({ kind: 'rejected', reason: 'bad' })
})

test('rows of one CNPJ, however it is written, go one after the other', async () => {
  const open = new Set<number>()
  const order: number[] = []
  const send: Send = async ({ number }) => {
    expect([...open]).toEqual([])
    open.add(number)
    await new Promise(setImmediate)
    open.delete(number)
    order.push(number)
    return { kind: 'registered' }
  }
  await sendBatch(
    [rowOf(1, '11222333000181'), rowOf(2, '11.222.333/0001-81'), rowOf(3, '11222333000181')],
    3,
    send,
  )
  expect(order).toEqual([1, 2, 3])
})

test('one that stops the import ends the batch once the others that were sent have ended', async () => {
  const ended: number[] = []
  const send: Send = async ({ number }) => {
    if (number === 1) throw new Error('away')
    await new Promise(setImmediate)
    ended.push(number)
    return { kind: 'registered' }
  }
  const rows = Array.from({ length: 100 }, (_, index) => rowOf(index, `t${index}`))
  await expect(sendBatch(rows, 3, send)).rejects.toThrow('away')
  expect(ended.length).toBeLessThan(5)
  expect(ended).toEqual(expect.arrayContaining([0, 2]))
})
