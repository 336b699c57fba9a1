import { SYSTEM_REASONS } from '@mensageria/contracts'
import type { IntegrationSettings } from '../model/settings.ts'
import type { IntegrationState, Membership } from '../model/integration-state.ts'
import { createMutex } from '../mutex.ts'
import type { CenterStore, Clock, IntegrationStates, Ledger, RedriveStore } from '../ports/index.ts'
import type { Redrives } from '../redrive/service.ts'
import type { BecomeReal } from './become-real.ts'
import { decideMembership, type MembershipPolicy } from './decide-membership.ts'
import type { SweepObserver } from './sweep-notice.ts'
import type { TellBackfill } from './tell-backfill.ts'

export type MembershipDeps = {
  integrations: readonly IntegrationSettings[]
  states: Pick<IntegrationStates, 'all' | 'write'>
  ledger: Pick<Ledger, 'integrationsWithOpenRows'>
  centers: Pick<CenterStore, 'list'>
  active: RedriveStore['active']
  redrives: Pick<Redrives, 'create'>
  becomeReal: BecomeReal
  tellBackfill: TellBackfill
  policy: MembershipPolicy
  clock: Pick<Clock, 'now'>
  observe: SweepObserver
}

/**
 * Compares the list of integrations with what earlier sweeps knew of it, and remembers the difference. Must resolve before a
 * sweep closes any event.
 */
export const createMembership = (deps: MembershipDeps) => {
  const { integrations, states, ledger, centers, redrives, policy, clock, observe } = deps
  const listed = new Map(integrations.map((settings) => [settings.name, settings]))
  const inTurn = createMutex()
  const decide = (name: string, membership: Membership | undefined) =>
    decideMembership(membership, listed.get(name), clock.now(), policy)

  // The job is durable before it is remembered: a crash between the two costs a second one, which finds nothing.
  const backfill = async (integration: string, known: Membership | undefined): Promise<boolean> => {
    const active = await deps.active()
    const runs = active.some(
      ({ redrive: { filter, requestedBy } }) =>
        requestedBy === 'system' && filter.integration === integration && filter.states.includes('waiting'),
    )
    // It may have begun before the last change: another follows when it has ended.
    if (runs) return false
    const { items } = await centers.list({ pageSize: 1 })
    if (items.length === 0) return true
    const filter = { integration, states: ['waiting'], scope: 'owed' } as const
    const reason = (known?.fromSimulator ? SYSTEM_REASONS.simulatorGone : SYSTEM_REASONS.listChanged).en
    const created = await redrives.create({ filter, reason, requestedBy: 'system', force: false })
    if (created.kind === 'created') {
      const { id: redriveId, expected: count = 0 } = created.redrive
      observe({ notice: 'integration.backfilled', integration, redriveId, count })
    }
    return true
  }

  // A change goes on to what follows from it: where nothing has to settle, a new integration is done with at once. Resolves
  // with whether the integration is gone for good.
  const change = async (name: string, known: Membership | undefined): Promise<boolean> => {
    const decided = decide(name, known)
    switch (decided.decision) {
      case 'none':
        return false
      case 'retire':
        return true
      case 'backfill':
        if (!(await backfill(name, known))) return false
        await states.write(name, 'membership', decided.membership)
        return false
      case 'write':
        await states.write(name, 'membership', decided.membership)
        if (decided.membership.missingSince !== undefined && known?.missingSince === undefined)
          observe({ notice: 'integration.missing', integration: name })
        return change(name, decided.membership)
      default:
        return decided satisfies never
    }
  }

  // Rows of release 0.1 may belong to an integration that nobody remembers. Once it is remembered no sweep has to ask.
  let areRemembered = false

  const compare = async (
    known: ReadonlyMap<string, IntegrationState>,
    deadline: number,
  ): Promise<ReadonlySet<string>> => {
    const gone = new Set<string>()
    const withRows = areRemembered ? [] : await ledger.integrationsWithOpenRows()
    for (const name of new Set([...listed.keys(), ...known.keys(), ...withRows])) {
      const state = known.get(name) ?? {}
      const settings = listed.get(name)
      // What a simulator took waits before the backfill that brings it begins.
      if (settings && !(await deps.becomeReal(settings, state, deadline))) continue
      const { membership } = state
      if (settings) await deps.tellBackfill(settings, membership)
      const { decision } = decide(name, membership)
      const isGone =
        decision === 'none' || decision === 'retire'
          ? decision === 'retire'
          : // A sweep that overlaps this one may have made the change since `known` was read.
            await change(name, (await states.all()).get(name)?.membership)
      if (isGone) gone.add(name)
    }
    areRemembered = true
    return gone
  }

  /**
   * Resolves with the integrations that are gone for good: nobody will run what is left of them. Sweeps that overlap take
   * turns, or each would begin a backfill. What can wait is left to the next sweep at the deadline (monotonic milliseconds).
   */
  return (known: ReadonlyMap<string, IntegrationState>, deadline: number): Promise<ReadonlySet<string>> =>
    inTurn(() => compare(known, deadline))
}
