import { useEngine, type OpenEngine } from './engine-under-test.ts'

/** What every engine must do about the identity of its database. */
export const describeIdentity = (name: string, open: OpenEngine): void => {
  describe(`identity: ${name}`, () => {
    const store = useEngine(open)
    const seen = new Set<string>()

    test.each(['one', 'another'])('c33: %s database has an identity of its own, and keeps it', async () => {
      const [first, second] = await Promise.all([store.identity.read(), store.identity.read()])
      expect(first).toMatch(/^[0-9a-f-]{36}$/)
      expect(second).toBe(first)
      await store.reopen()
      expect(await store.identity.read()).toBe(first)
      expect(seen.has(first)).toBe(false)
      seen.add(first)
    })
  })
}
