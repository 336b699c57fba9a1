import type { DeliverResult } from '../deliver/deliver.ts'
import type { WindowSignal } from './next-window.ts'

/**
 * What the result of a hand-over says about the system: that it works (also by refusing), that it does not, or nothing,
 * because the ledger answered and the system was not called. One that is called too often works; its pace takes care of that.
 */
export const signalOf = ({
  result,
  throttled,
}: Pick<DeliverResult, 'result' | 'throttled'>): keyof WindowSignal | 'nothing' => {
  if (throttled) return 'nothing'
  switch (result) {
    case 'delivered':
    case 'rejected':
      return 'succeeded'
    case 'transient':
    case 'misconfigured':
    case 'unknown':
      return 'failed'
    case 'busy':
    case 'held':
    case 'already-rejected':
    case 'lease-lost':
    case 'duplicate':
    case 'superseded':
      return 'nothing'
    default:
      return result satisfies never
  }
}
