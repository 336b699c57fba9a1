import type { DistributionCenterEvent } from '@mensageria/contracts'
import {
  composeDeliverer,
  type Deliver,
  type DeliveryTrigger,
  type Engine,
  type ExternalCall,
  type Ids,
  type IntegrationSettings,
} from '@mensageria/core'
import type { MemoryEngine } from '@mensageria/memory'
import type { Downstream } from './downstream.ts'
import type { Scheduler } from './scheduler.ts'

type Options = {
  scheduler: Scheduler
  ids: Ids
  stored: MemoryEngine['stored']
  downstreams: ReadonlyMap<string, Downstream>
  /** What the next delivery works with: a run of its own. */
  engine: () => Pick<Engine, 'ledger' | 'states'>
}

const never = new AbortController().signal

/** Delivers as the integrations do, and watches what is called and acknowledged. */
export const createDeliveries = ({ scheduler, ids, stored, downstreams, engine }: Options) => {
  const { clock } = scheduler
  const handedOver: { system: string; at: number }[] = []
  const calledAgain: string[] = []
  const earlyAcks: string[] = []

  const deliver = (
    one: IntegrationSettings,
    event: DistributionCenterEvent,
    trigger: DeliveryTrigger,
  ): ReturnType<Deliver> => {
    const call = downstreams.get(one.name)?.call
    if (!call) throw new Error(`Nobody is called ${one.name}`)
    const watched: ExternalCall = (sent, context) => {
      if (trigger.kind !== 'push') handedOver.push({ system: one.name, at: scheduler.elapsed() })
      const row = stored.rows.get(`${one.name}~${sent.subject}`)?.row
      const isForced = [...stored.redrives.values()].some(({ redrive }) => redrive.force)
      if (!isForced && (row?.deliveredVersion ?? 0) >= sent.sequence)
        calledAgain.push(`${one.name} ${sent.id} by ${trigger.kind}`)
      return call(sent, context)
    }
    const composed = composeDeliverer(engine(), {
      settings: one,
      call: watched,
      onAttempt: () => {},
      clock,
      ids,
    })
    return composed(event, trigger, never)
  }

  return {
    handedOver,
    calledAgain,
    earlyAcks,
    deliver,
    /** Told of each message that was acknowledged: the ledger must answer for it. */
    noteAck: (integration: string, event: DistributionCenterEvent, isParked: boolean): void => {
      const row = stored.rows.get(`${integration}~${event.subject}`)?.row
      const isCovered =
        row !== undefined &&
        (row.version > event.sequence ||
          row.deliveredVersion >= event.sequence ||
          (isParked && row.version === event.sequence && row.parkedAt !== undefined))
      if (!isCovered) earlyAcks.push(`${integration} ${event.id}`)
    },
  }
}
