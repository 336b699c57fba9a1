import { useEngine, type OpenEngine } from './engine-under-test.ts'

const MAAS = { integration: 'maas', cause: 'http-503' }

/** What every store of failure notes must do. */
export const describeFailureNotes = (name: string, open: OpenEngine): void => {
  describe(`failure notes: ${name}`, () => {
    const store = useEngine(open)

    test('knows nothing of a group that nobody has written about', async () => {
      expect(await store.notes.of(['maas', 'dmitri'])).toEqual([])
      expect(await store.notes.of([])).toEqual([])
    })

    test('gives back owner and note, or the one that is there', async () => {
      await store.notes.write({ ...MAAS, owner: 'Bea', note: 'São Paulo: ticket 12' })
      expect(await store.notes.of(['maas'])).toEqual([
        { ...MAAS, owner: 'Bea', note: 'São Paulo: ticket 12' },
      ])
      await store.notes.write({ ...MAAS, note: 'Only this' })
      expect(await store.notes.of(['maas'])).toEqual([{ ...MAAS, note: 'Only this' }])
    })

    test('one without owner and note takes it away, also where nothing is', async () => {
      await store.notes.write({ ...MAAS, owner: 'Bea' })
      await store.notes.write(MAAS)
      await store.notes.write({ ...MAAS, cause: 'tls' })
      expect(await store.notes.of(['maas'])).toEqual([])
    })

    test('groups do not touch each other, whatever their causes look like', async () => {
      const causes = ['rejected:invalid-cnpj', 'a/b', '__proto__', '..']
      for (const cause of causes) await store.notes.write({ integration: 'maas', cause, owner: cause })
      await store.notes.write({ integration: 'dmitri', cause: 'a/b', owner: 'Ana' })
      const found = await store.notes.of(['maas'])
      expect(new Map(found.map(({ cause, owner }) => [cause, owner]))).toEqual(
        new Map(causes.map((cause) => [cause, cause])),
      )
      expect(await store.notes.of(['maas', 'dmitri'])).toHaveLength(5)
    })
  })
}
