import type { IntegrationStates, RecoveryState } from '@mensageria/core'

/** States of integrations, with nothing in them. */
export type IntegrationStatesUnderTest = { states: IntegrationStates; close(): Promise<void> | void }

const RAMP: RecoveryState = { phase: 'ramp', window: 4, nextAt: 2000, since: 1000 }
const CANARY: RecoveryState = { phase: 'canary', gapMs: 100, nextAt: 3000, since: 2000 }
const PAUSE = { by: 'ana', at: 1000, reason: 'maintenance' }

/** What every store of integration states must do. `open` gives an empty one each time. */
export const describeIntegrationStates = (
  name: string,
  open: () => Promise<IntegrationStatesUnderTest>,
): void => {
  describe(`integration states: ${name}`, () => {
    let store: IntegrationStatesUnderTest
    beforeEach(async () => {
      store = await open()
    })
    afterEach(async () => {
      await store.close()
    })

    test('knows nothing of an integration before its first sweep', async () => {
      expect(await store.states.read('maas')).toBeUndefined()
    })

    test('gives back the recovery as it was written, newest last', async () => {
      await store.states.writeRecovery('maas', RAMP)
      expect(await store.states.read('maas')).toEqual({ recovery: RAMP })
      await store.states.writeRecovery('maas', CANARY)
      expect(await store.states.read('maas')).toEqual({ recovery: CANARY })
    })

    test('a pause is kept until it is taken back', async () => {
      await store.states.writePause('maas', PAUSE)
      expect(await store.states.read('maas')).toEqual({ paused: PAUSE })
      await store.states.writePause('maas', undefined)
      expect((await store.states.read('maas'))?.paused).toBeUndefined()
    })

    test('writing one part leaves the other as it is, also at the same time', async () => {
      await Promise.all([store.states.writePause('maas', PAUSE), store.states.writeRecovery('maas', RAMP)])
      expect(await store.states.read('maas')).toEqual({ recovery: RAMP, paused: PAUSE })
      await store.states.writePause('maas', undefined)
      expect((await store.states.read('maas'))?.recovery).toEqual(RAMP)
    })

    test('integrations do not touch each other', async () => {
      await store.states.writePause('maas', PAUSE)
      await store.states.writeRecovery('dmitri', RAMP)
      expect(await store.states.read('dmitri')).toEqual({ recovery: RAMP })
    })
  })
}
