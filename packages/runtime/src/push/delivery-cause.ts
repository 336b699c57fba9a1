import { HANDOVER_ATTRIBUTE, HANDOVER_FORCE_ATTRIBUTE } from '@mensageria/contracts'
import type { DeliveryTrigger } from '@mensageria/core'
import type { PushCaller } from './push-verifier.ts'

type Attributes = Readonly<Record<string, string>>

/** Who asks for a delivery, as far as the caller may say; `refused` where it says more than it may, or nothing sensible. */
export type DeliveryCause =
  | { trigger: DeliveryTrigger; handedOver: boolean }
  | { refused: 'forbidden' | 'invalid-request' }

// The word of the push contract since release 0.1: services of both releases run side by side while one is deployed.
const RECONCILE = 'heal'
const REDRIVE_ID = /^[\w-]{1,64}$/

/** Reads why a delivery is asked for from a push. Only the sweeper may hand over; on one machine everybody is believed. */
export const deliveryCauseOf = (attributes: Attributes, caller: PushCaller): DeliveryCause => {
  const cause = attributes[HANDOVER_ATTRIBUTE]
  const force = attributes[HANDOVER_FORCE_ATTRIBUTE]
  if (cause === undefined && force === undefined) return { trigger: { kind: 'push' }, handedOver: false }
  if (caller === 'subscription') return { refused: 'forbidden' }
  if (cause === 'recovery') return { trigger: { kind: cause }, handedOver: true }
  if (cause === RECONCILE) return { trigger: { kind: 'reconcile' }, handedOver: true }
  if (cause === undefined || !REDRIVE_ID.test(cause)) return { refused: 'invalid-request' }
  return { trigger: { kind: 'redrive', id: cause, force: force === 'true' }, handedOver: true }
}

/** The attributes with which the sweeper says why it hands a delivery over. */
export const toCauseAttributes = (trigger: DeliveryTrigger): Record<string, string> => {
  switch (trigger.kind) {
    case 'push':
      return {}
    case 'recovery':
      return { [HANDOVER_ATTRIBUTE]: trigger.kind }
    case 'reconcile':
      return { [HANDOVER_ATTRIBUTE]: RECONCILE }
    case 'redrive':
      return {
        [HANDOVER_ATTRIBUTE]: trigger.id,
        ...(trigger.force ? { [HANDOVER_FORCE_ATTRIBUTE]: 'true' } : {}),
      }
    default:
      return trigger satisfies never
  }
}
