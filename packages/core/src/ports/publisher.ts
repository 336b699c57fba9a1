import type { DistributionCenterEvent } from '@mensageria/contracts'

/** Gives an event to the broker. Resolves when the broker has it; publishing twice is harmless. */
export type Publisher = { publish(event: DistributionCenterEvent): Promise<void> }
