import { HANDOVER_ATTRIBUTE, HANDOVER_FORCE_ATTRIBUTE } from '@mensageria/contracts'
import type { By } from '@mensageria/core'
import type { PushCaller } from './push-verifier.ts'

type Attributes = Readonly<Record<string, string>>

/** Who asks for a delivery, as far as the caller may say; `refused` where it says more than it may, or nothing sensible. */
export type DeliveryCause = { by: By; handedOver: boolean } | { refused: 'forbidden' | 'invalid-request' }

const REDRIVE_ID = /^[\w-]{1,64}$/

/** Reads why a delivery is asked for from a push. Only the sweeper may hand over; on one machine everybody is believed. */
export const deliveryCauseOf = (attributes: Attributes, caller: PushCaller): DeliveryCause => {
  const cause = attributes[HANDOVER_ATTRIBUTE]
  const force = attributes[HANDOVER_FORCE_ATTRIBUTE]
  if (cause === undefined && force === undefined) return { by: { kind: 'push' }, handedOver: false }
  if (caller === 'subscription') return { refused: 'forbidden' }
  if (cause === 'recovery' || cause === 'heal') return { by: { kind: cause }, handedOver: true }
  if (cause === undefined || !REDRIVE_ID.test(cause)) return { refused: 'invalid-request' }
  return { by: { kind: 'redrive', id: cause, force: force === 'true' }, handedOver: true }
}

/** The attributes with which the sweeper says why it hands a delivery over. */
export const toCauseAttributes = (by: By): Record<string, string> => {
  switch (by.kind) {
    case 'push':
      return {}
    case 'recovery':
    case 'heal':
      return { [HANDOVER_ATTRIBUTE]: by.kind }
    case 'redrive':
      return { [HANDOVER_ATTRIBUTE]: by.id, ...(by.force ? { [HANDOVER_FORCE_ATTRIBUTE]: 'true' } : {}) }
    default:
      return by satisfies never
  }
}
