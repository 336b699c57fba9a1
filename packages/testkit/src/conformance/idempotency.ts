import type { CenterStore } from '@mensageria/delivery'
import { sampleRecord } from '../sample-write.ts'
import { inParallel, withOpened, type Open } from './with-opened.ts'

/** Kept answers, written by themselves. */
export const describeIdempotency = (name: string, open: Open<{ centers: CenterStore }>): void => {
  const on = withOpened(open)
  describe(`${name}: kept answers`, () => {
    test(
      'an unknown key is undefined',
      on(async ({ centers }) => {
        expect(await centers.readIdempotency('tool-a', 'key')).toBeUndefined()
      }),
    )

    test(
      'a kept answer is read as it was written',
      on(async ({ centers }) => {
        const record = sampleRecord(1, { status: 200 })
        expect(await centers.saveIdempotency({ record })).toBe(true)
        expect(await centers.readIdempotency('tool-a', 'key-1')).toEqual({
          ...record,
          revision: expect.any(String),
        })
      }),
    )

    test(
      'the first answer stays',
      on(async ({ centers }) => {
        const first = sampleRecord(1)
        await centers.saveIdempotency({ record: first })
        expect(await centers.saveIdempotency({ record: sampleRecord(2, { key: first.key }) })).toBe(false)
        expect(await centers.readIdempotency(first.caller, first.key)).toMatchObject(first)
      }),
    )

    test(
      'one key of two callers is two answers',
      on(async ({ centers }) => {
        const one = sampleRecord(1)
        const other = sampleRecord(2, { caller: 'tool-b', key: one.key })
        expect(await centers.saveIdempotency({ record: one })).toBe(true)
        expect(await centers.saveIdempotency({ record: other })).toBe(true)
        expect(await centers.readIdempotency('tool-a', one.key)).toMatchObject(one)
        expect(await centers.readIdempotency('tool-b', one.key)).toMatchObject(other)
      }),
    )

    test(
      'caller and key are not just put together',
      on(async ({ centers }) => {
        await centers.saveIdempotency({ record: sampleRecord(1, { caller: 'a', key: 'b~c' }) })
        await centers.saveIdempotency({ record: sampleRecord(2, { caller: 'a', key: 'b/c' }) })
        for (const [caller, key] of [
          ['a~b', 'c'],
          ['a/b', 'c'],
          ['ab', '~c'],
        ] as const)
          expect(await centers.readIdempotency(caller, key)).toBeUndefined()
      }),
    )

    // An engine may use the key as a name: whatever a caller sends must be one.
    test.each([
      '/',
      '.',
      '..',
      '__x__',
      'a/b',
      '~',
      ' ',
      '%2F',
      'é',
      'e\u0301',
      '\u{1F69A}',
      'k'.repeat(255),
    ])('the key %.20j is kept like any other', async (key) => {
      await on(async ({ centers }) => {
        const record = sampleRecord(1, { key })
        expect(await centers.saveIdempotency({ record })).toBe(true)
        expect(await centers.readIdempotency(record.caller, key)).toMatchObject(record)
        expect(await centers.readIdempotency(record.caller, `${key}x`)).toBeUndefined()
      })()
    })

    test(
      'keys that differ in case are two keys',
      on(async ({ centers }) => {
        await centers.saveIdempotency({ record: sampleRecord(1, { key: 'K' }) })
        expect(await centers.readIdempotency('tool-a', 'k')).toBeUndefined()
      }),
    )

    test(
      'a record is replaced by who has seen it, once',
      on(async ({ centers }) => {
        const expired = sampleRecord(1, { expiresAt: 1 })
        await centers.saveIdempotency({ record: expired })
        const replaces = (await centers.readIdempotency('tool-a', 'key-1'))?.revision ?? 'none'
        const record = sampleRecord(1, { fingerprint: 'new' })
        expect(await centers.saveIdempotency({ record, replaces })).toBe(true)
        expect(await centers.saveIdempotency({ record: expired, replaces })).toBe(false)
        const found = await centers.readIdempotency('tool-a', 'key-1')
        expect(found).toMatchObject(record)
        expect(found?.revision).not.toBe(replaces)
      }),
    )

    test(
      'of 20 answers for one key at once one is kept',
      on(async ({ centers }) => {
        const kept = await inParallel(20, (index) =>
          centers.saveIdempotency({ record: sampleRecord(index, { key: 'one' }) }),
        )
        expect(kept.filter(Boolean)).toHaveLength(1)
        const found = await centers.readIdempotency('tool-a', 'one')
        expect(found?.fingerprint).toBe(`fingerprint-${kept.indexOf(true)}`)
      }),
    )

    test(
      'of 20 that replace one record at once one does',
      on(async ({ centers }) => {
        await centers.saveIdempotency({ record: sampleRecord(1, { expiresAt: 1 }) })
        const replaces = (await centers.readIdempotency('tool-a', 'key-1'))?.revision ?? 'none'
        const done = await inParallel(20, (index) =>
          centers.saveIdempotency({ record: sampleRecord(1, { fingerprint: `new-${index}` }), replaces }),
        )
        expect(done.filter(Boolean)).toHaveLength(1)
        const found = await centers.readIdempotency('tool-a', 'key-1')
        expect(found?.fingerprint).toBe(`new-${done.indexOf(true)}`)
      }),
    )
  })
}
