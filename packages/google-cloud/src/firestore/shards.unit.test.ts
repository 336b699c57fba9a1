import { hashedId, OPEN_SHARDS, shardOf } from './shards.ts'

test('documents spread over all shards, about evenly', () => {
  const counts = Array.from({ length: OPEN_SHARDS }, () => 0)
  for (let n = 0; n < 8_000; n++) {
    const shard = shardOf(`maas~${n}`, OPEN_SHARDS)
    counts[shard] = (counts[shard] ?? 0) + 1
  }
  for (const count of counts) {
    expect(count).toBeGreaterThan(850)
    expect(count).toBeLessThan(1150)
  }
})

// Another hash would hide every open document that is stored already.
test('the shard of a document stays the same for ever', () => {
  expect(['maas~a', 'maas~b', 'dmitri~a'].map((id) => shardOf(id, OPEN_SHARDS))).toEqual([0, 5, 1])
})

test('parts that join to the same text have different ids', () => {
  expect(hashedId('a', 'bc')).not.toBe(hashedId('ab', 'c'))
  expect(hashedId('a', 'b')).toMatch(/^[0-9a-f]{64}$/)
})
