import type { IntegrationState } from '@mensageria/core'
import { useEngine, type OpenEngine } from './engine-under-test.ts'

const WHOLE: Required<IntegrationState> = {
  recovery: { phase: 'ramp', window: 4, nextAt: 2000, since: 1000 },
  paused: { by: 'ana', at: 1000, reason: 'Manutenção' },
  membership: { unsettledAt: 500, missingSince: 700, backfilledSince: 0 },
  outage: { failingSince: 100, reportedAt: 300 },
  real: { since: 50 },
}

const OTHER: Required<IntegrationState> = {
  recovery: { phase: 'canary', gapMs: 100, nextAt: 3000, since: 2000 },
  paused: { by: 'bea', at: 4000, reason: 'again' },
  membership: { unsettledAt: 900 },
  outage: { failingSince: 800 },
  real: { since: 60 },
}

const PARTS = ['recovery', 'paused', 'membership', 'outage', 'real'] as const

/** What every store of integration states must do. */
export const describeIntegrationStates = (name: string, open: OpenEngine): void => {
  describe(`integration states: ${name}`, () => {
    const store = useEngine(open)

    const write = (part: keyof IntegrationState, state: IntegrationState, integration = 'maas') =>
      store.states.write(integration, part, state[part])
    const seen = async (integration = 'maas') => (await store.states.all()).get(integration)

    test('knows nothing of an integration before its first sweep', async () => {
      expect(await store.states.read('maas')).toBeUndefined()
      expect([...(await store.states.all()).keys()]).toEqual([])
    })

    test.each(PARTS)('gives back %s as it was written, newest last, until it is taken away', async (part) => {
      for (const state of [WHOLE, OTHER]) {
        await write(part, state)
        expect(await store.states.read('maas')).toEqual({ [part]: state[part] })
        expect(await seen()).toEqual({ [part]: state[part] })
      }
      await write(part, {})
      expect((await store.states.read('maas'))?.[part]).toBeUndefined()
      expect((await seen())?.[part]).toBeUndefined()
      await write(part, {})
      expect((await seen())?.[part]).toBeUndefined()
    })

    test.each(PARTS)('writing %s leaves the other parts as they are', async (part) => {
      for (const one of PARTS) await write(one, WHOLE)
      await write(part, OTHER)
      expect(await seen()).toEqual({ ...WHOLE, [part]: OTHER[part] })
      await write(part, {})
      const { [part]: _, ...others } = WHOLE
      expect(await seen()).toEqual(others)
    })

    test('parts that are written at the same time are all there', async () => {
      for (const state of [WHOLE, OTHER, WHOLE, OTHER]) {
        await Promise.all(PARTS.map((part) => write(part, state)))
        expect(await seen()).toEqual(state)
        expect(await store.states.read('maas')).toEqual(state)
      }
      await Promise.all([
        write('paused', {}),
        write('recovery', WHOLE),
        write('outage', {}),
        write('real', {}),
      ])
      expect(await seen()).toEqual({ recovery: WHOLE.recovery, membership: OTHER.membership })
    })

    test('integrations do not touch each other, and one that is in no list is known too', async () => {
      await write('paused', WHOLE)
      await write('recovery', WHOLE, 'dmitri')
      await write('membership', WHOLE, 'gone')
      expect(await store.states.read('dmitri')).toEqual({ recovery: WHOLE.recovery })
      expect(new Map(await store.states.all())).toEqual(
        new Map([
          ['maas', { paused: WHOLE.paused }],
          ['dmitri', { recovery: WHOLE.recovery }],
          ['gone', { membership: WHOLE.membership }],
        ]),
      )
    })

    test('what was written is there after a restart', async () => {
      for (const one of PARTS) await write(one, WHOLE)
      await store.reopen()
      expect(await store.states.read('maas')).toEqual(WHOLE)
      expect(await seen()).toEqual(WHOLE)
    })
  })
}
