import { createBoundedWriter } from './bounded-writer.ts'

/** A place that takes `room` bytes, then refuses. */
const createPlace = (room = 0) => {
  let taken = ''
  const place = {
    room,
    taken: () => taken,
    writeSome: (bytes: Uint8Array): number => {
      const count = Math.min(place.room, bytes.length)
      if (count === 0) throw new Error('EAGAIN')
      place.room -= count
      taken += Buffer.from(bytes.subarray(0, count)).toString()
      return count
    },
  }
  return place
}

test('c07: what fits is written at once', () => {
  const place = createPlace(100)
  const writer = createBoundedWriter(place.writeSome, 100)
  writer.write('one\n')
  expect([place.taken(), writer.kept()]).toEqual(['one\n', 0])
})

test('c07: a line that was written in part is whole in the end, and the order stays', () => {
  const place = createPlace(6)
  const writer = createBoundedWriter(place.writeSome, 100)
  for (const line of ['one\n', 'two\n', 'three\n']) writer.write(line)
  expect([place.taken(), writer.kept(), writer.flush()]).toEqual(['one\ntw', 2, false])
  place.room = 100
  expect([writer.flush(), place.taken(), writer.kept()]).toEqual([true, 'one\ntwo\nthree\n', 0])
})

test('c07: lines beyond the bound are dropped and counted, once', () => {
  const place = createPlace()
  const writer = createBoundedWriter(place.writeSome, 8)
  for (let n = 0; n < 5; n += 1) writer.write(`${n}::\n`)
  expect([writer.kept(), writer.takeDropped(), writer.takeDropped()]).toEqual([2, 3, 0])
  place.room = 100
  writer.flush()
  writer.write('5::\n')
  expect(place.taken()).toBe('0::\n1::\n5::\n')
})

test('c07: the bound is in bytes, not characters, and what was written leaves room', () => {
  const place = createPlace()
  const writer = createBoundedWriter(place.writeSome, 4)
  writer.write('çã')
  writer.write('x')
  expect([writer.kept(), writer.takeDropped()]).toEqual([1, 1])
  place.room = 2
  writer.flush()
  writer.write('x')
  expect([writer.kept(), writer.takeDropped()]).toEqual([2, 0])
})
