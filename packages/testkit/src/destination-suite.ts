import { describeAway } from './destination/away.ts'
import { openCase, type Case } from './destination/case.ts'
import { describeDelivers } from './destination/delivers.ts'
import { describeRefuses } from './destination/refuses.ts'
import type { DestinationHarness, RowUnderTest } from './destination/types.ts'

export type {
  DestinationHarness,
  OpenDestination,
  OpenedDestination,
  Received,
  RowUnderTest,
  TargetUnderTest,
} from './destination/types.ts'

const secretsOf = (rows: readonly (RowUnderTest | undefined)[]): string[] =>
  rows.flatMap((row) =>
    Object.entries(row?.env ?? {}).flatMap(([name, value]) =>
      /_(?:PASSWORD|TOKEN|SECRET|SECRET_ACCESS_KEY)$/.test(name) ? [value] : [],
    ),
  )

/**
 * What every kind of destination must do, on a real broker. Each case has a target and a proxy of
 * its own, and none may say a secret in a log or an outcome.
 */
export const describeDestination = (harness: DestinationHarness): void => {
  describe(`row 53: ${harness.kind} on a real broker`, () => {
    let opened: Case | undefined
    const current = (): Case => {
      if (!opened) throw new Error('No case is open')
      return opened
    }
    beforeEach(async () => {
      opened = await openCase(harness)
    })
    afterEach(async () => {
      const { target, said, close } = current()
      await close()
      const { row, refused, missing } = target
      for (const secret of secretsOf([row, refused, missing])) expect(said()).not.toContain(secret)
    })
    describeDelivers(current)
    describeAway(current)
    describeRefuses(harness.expected, current)
  })
}
