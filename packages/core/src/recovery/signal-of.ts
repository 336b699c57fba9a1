import type { DeliverResult } from '../deliver/deliver.ts'
import type { WindowSignal } from './next-window.ts'

/**
 * What the result of a hand-over says about the system: that it works (also by refusing), that it does not, or nothing,
 * because the ledger answered and the system was not called.
 */
export const signalOf = (result: DeliverResult['result']): keyof WindowSignal | 'nothing' => {
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
