/**
 * How much of its backlog an integration gets next. `canary`: one delivery at a time, with growing gaps, because it is
 * failing. `ramp`: it answers; the window doubles. Times are epoch milliseconds; `since` is when this phase began or
 * last changed.
 */
export type RecoveryState =
  | { phase: 'canary'; gapMs: number; nextAt: number; since: number }
  | { phase: 'ramp'; window: number; nextAt: number; since: number }
