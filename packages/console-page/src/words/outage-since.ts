import type { FailureGroup, Integration } from '@mensageria/contracts/browser'

// A system that rejects data works, and `held` is no call.
const isTransient = ({ kind }: FailureGroup): boolean => kind !== 'rejected' && kind !== 'held'

/**
 * When the present outage of an integration began, in epoch milliseconds: with its first failure of those that are open,
 * but not before its last success. Undefined where nothing fails.
 */
export const outageSince = (
  { name, lastSuccessAt }: Pick<Integration, 'name' | 'lastSuccessAt'>,
  groups: readonly FailureGroup[],
): number | undefined => {
  const firsts = groups
    .filter((group) => group.integration === name && isTransient(group))
    .map(({ firstAt }) => Date.parse(firstAt))
  if (firsts.length === 0) return undefined
  return Math.max(Math.min(...firsts), lastSuccessAt === undefined ? 0 : Date.parse(lastSuccessAt))
}
