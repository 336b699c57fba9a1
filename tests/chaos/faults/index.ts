import { EMULATOR_FAULTS } from './emulator-faults.ts'
import type { FaultKind } from './fault-kind.ts'
import { HOST_FAULTS } from './host-faults.ts'
import { LINK_FAULTS } from './link-faults.ts'
import { PROCESS_FAULTS } from './process-faults.ts'
import { PROXY_FAULTS } from './proxy-faults.ts'
import { SYSTEM_FAULTS } from './system-faults.ts'

export type { FaultKind } from './fault-kind.ts'

/** All that can go wrong, in the words of the report. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...PROCESS_FAULTS,
  ...HOST_FAULTS,
  ...EMULATOR_FAULTS,
  ...LINK_FAULTS,
  ...PROXY_FAULTS,
  ...SYSTEM_FAULTS,
]
