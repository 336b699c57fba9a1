import type { Outcome } from '@mensageria/core'
import { classifyNetworkError } from '@mensageria/runtime'
import { toBatches, type Batch } from './batches.ts'
import { classify } from './classify.ts'
import type { KafkaClient } from './client.ts'
import type { KafkaRecord } from './to-record.ts'

type Job = {
  record: KafkaRecord
  signal: AbortSignal
  /** Its batch may be on its way. */
  sent: boolean
  /** Only the first call counts. */
  settle: (outcome: Outcome) => void
}

const DELIVERED: Outcome = { kind: 'delivered' }
const CLOSED: Outcome = { kind: 'transient', cause: 'client-closed', message: 'The process is going down' }

const abandoned = ({ sent, signal }: Pick<Job, 'sent' | 'signal'>): Outcome => {
  const { cause } = classifyNetworkError(signal.reason, true)
  return sent
    ? { kind: 'unknown', cause, message: `The batch went out and no answer came: ${cause}` }
    : { kind: 'transient', cause, message: `The batch was not sent in time: ${cause}` }
}

/** Settles with what `send` came to, or when the signal ends the wait, whichever is first. */
const createJob = (record: KafkaRecord, signal: AbortSignal) => {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const onAbort = () => resolve(abandoned(job))
  const settle = (outcome: Outcome) => {
    signal.removeEventListener('abort', onAbort)
    resolve(outcome)
  }
  const job: Job = { record, signal, sent: false, settle }
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  return { job, outcome: promise }
}

const settleAll = (jobs: readonly Job[], outcome: Outcome) => {
  for (const { settle } of jobs) settle(outcome)
}

const halvesOf = ({ partition, items }: Batch<Job>): Batch<Job>[] => {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)].map((half) => ({ partition, items: half }))
}

/** Collects what waits while one batch is on its way, and gives each message an outcome of its own. */
export const createPublisher = (client: KafkaClient) => {
  let waiting: Job[] = []
  let running = false
  let closed = false

  const fail = (jobs: readonly Job[], error: unknown, sent: boolean) => {
    const { outcome, answered } = classify(error, sent)
    settleAll(jobs, outcome)
    // A connection or a producer id in doubt is not used again. What a broker refuses until a person acts needs no new connection.
    const refused = outcome.kind === 'misconfigured' || outcome.kind === 'rejected'
    if (!answered || !refused) client.reset()
  }

  const sendBatch = async ({ partition, items }: Batch<Job>): Promise<void> => {
    const jobs = items.filter(({ signal }) => !signal.aborted)
    if (jobs.length === 0) return
    for (const job of jobs) job.sent = true
    try {
      await client.send(
        partition,
        jobs.map(({ record }) => record),
      )
      settleAll(jobs, DELIVERED)
    } catch (error) {
      if (jobs.length === 1 || !classify(error, true).refusesRecords) return fail(jobs, error, true)
      // Nothing of the batch is written: each half has its own chance, until the record that is refused is alone.
      for (const job of jobs) job.sent = false
      for (const half of halvesOf({ partition, items: jobs })) await sendBatch(half)
    }
  }

  const publishBatch = async (batch: Batch<Job>): Promise<void> => {
    try {
      await client.connect(batch.partition)
    } catch (error) {
      return fail(batch.items, error, false)
    }
    await sendBatch(batch)
  }

  const publish = async (jobs: readonly Job[]): Promise<void> => {
    let partitions: number
    try {
      partitions = await client.partitions()
    } catch (error) {
      return fail(jobs, error, false)
    }
    for (const batch of toBatches(jobs, partitions)) await publishBatch(batch)
  }

  const run = async (): Promise<void> => {
    running = true
    while (waiting.length > 0) {
      const jobs = waiting.filter(({ signal }) => !signal.aborted)
      waiting = []
      await publish(jobs)
    }
    running = false
  }

  return {
    send: (record: KafkaRecord, signal: AbortSignal): Promise<Outcome> => {
      if (closed) return Promise.resolve(CLOSED)
      const { job, outcome } = createJob(record, signal)
      waiting.push(job)
      if (!running) void run()
      return outcome
    },
    close: async (): Promise<void> => {
      closed = true
      settleAll(waiting.splice(0), CLOSED)
      await client.close()
    },
  }
}
