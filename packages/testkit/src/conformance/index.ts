import { describeAttemptCounts } from './stats/attempt-counts.ts'
import { describeAuditLog } from './audit-log.ts'
import { describeBalance } from './stats/balance.ts'
import { describeCenterStore } from './center-store.ts'
import { describeDailyStats } from './stats/daily-stats.ts'
import { describeDeliverySearch } from './search/delivery-search.ts'
import type { OpenEngine } from './engine-under-test.ts'
import { describeFailureNotes } from './failure-notes.ts'
import { describeFailureStats } from './stats/failure-stats.ts'
import { describeIdentity } from './identity.ts'
import { describeIntegrationStates } from './integration-states.ts'
import { describeLedger } from './ledger.ts'
import { describeMembership } from './search/membership.ts'
import { describeOutbox } from './outbox.ts'
import { describeRedriveStore } from './redrive-store.ts'
import { describeSearchOrder } from './search/search-order.ts'
import { describeStats } from './stats/stats.ts'
import { describeUnreadableMessages } from './unreadable-messages.ts'
import { describeWaiting } from './search/waiting.ts'

/** What every engine must do: the suites of all its ports. `open` gives an engine with nothing in it each time. */
export const describeEngine = (name: string, open: OpenEngine): void => {
  describeCenterStore(name, open)
  describeOutbox(name, open)
  describeLedger(name, open)
  describeIntegrationStates(name, open)
  describeDeliverySearch(name, open)
  describeWaiting(name, open)
  describeSearchOrder(name, open)
  describeMembership(name, open)
  describeStats(name, open)
  describeFailureStats(name, open)
  describeBalance(name, open)
  describeDailyStats(name, open)
  describeAttemptCounts(name, open)
  describeRedriveStore(name, open)
  describeAuditLog(name, open)
  describeFailureNotes(name, open)
  describeUnreadableMessages(name, open)
  describeIdentity(name, open)
}
