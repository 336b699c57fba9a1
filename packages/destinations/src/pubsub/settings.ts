import type { Env } from '@mensageria/runtime'
import type { DestinationRow } from '../define-destination.ts'

export type PubsubSettings = { topic: string; ordering: boolean; emulator?: string }

/** The topic of the row, and the emulator where one is meant. Credentials are Google's own chain: there is no secret of ours. */
export const loadSettings = ({ target }: DestinationRow<'pubsub'>, env: Env): PubsubSettings => {
  const { topic, ordering } = target
  const emulator = env['PUBSUB_EMULATOR_HOST']
  return { topic, ordering, ...(emulator ? { emulator } : {}) }
}
