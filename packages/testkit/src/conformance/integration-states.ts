import type { IntegrationState, IntegrationStates } from '@mensageria/delivery'
import { SAMPLE_TIME } from '../sample-write.ts'
import { withOpened, type Open } from './with-opened.ts'

const CANARY: IntegrationState = {
  recovery: { phase: 'canary', gapMs: 1500.5, nextAt: SAMPLE_TIME, since: SAMPLE_TIME - 1 },
  paused: false,
}
const RAMP: IntegrationState = {
  recovery: { phase: 'ramp', window: 8, nextAt: SAMPLE_TIME + 1, since: SAMPLE_TIME },
  paused: true,
}

/** The port of what is known of an integration between two sweeps. */
export const describeIntegrationStates = (name: string, open: Open<{ states: IntegrationStates }>): void => {
  const on = withOpened(open)
  describe(`${name}: integration states`, () => {
    test(
      'nothing is known of a new integration',
      on(async ({ states }) => {
        expect(await states.read('maas')).toBeUndefined()
      }),
    )

    test(
      'a state is read as it was written',
      on(async ({ states }) => {
        await states.write('maas', CANARY)
        expect(await states.read('maas')).toEqual(CANARY)
        await states.write('maas', RAMP)
        expect(await states.read('maas')).toEqual(RAMP)
      }),
    )

    test(
      'each integration has its own',
      on(async ({ states }) => {
        await states.write('maas', CANARY)
        await states.write('dmitri', RAMP)
        expect(await states.read('maas')).toEqual(CANARY)
        expect(await states.read('dmitri')).toEqual(RAMP)
        expect(await states.read('senninha')).toBeUndefined()
      }),
    )
  })
}
