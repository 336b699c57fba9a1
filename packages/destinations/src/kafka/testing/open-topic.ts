import { randomUUID } from 'node:crypto'
import { Admin, Consumer, type Message } from '@platformatic/kafka'
import { waitFor } from '@mensageria/testkit/wait-for'

export type ReadRecord = { partition: number; key: string; value: string; headers: Record<string, string> }

const toText = (message: Message): ReadRecord => ({
  partition: message.partition,
  key: String(message.key),
  value: String(message.value),
  headers: Object.fromEntries(Array.from(message.headers, ([name, value]) => [String(name), String(value)])),
})

/** A topic of one test, with a consumer that reads it from its beginning. */
export const openTopic = async (
  brokers: string[],
  { partitions = 3, configs = {} }: { partitions?: number; configs?: Record<string, string> } = {},
) => {
  const topic = `centers-${randomUUID()}`
  const client = { clientId: 'test', bootstrapBrokers: brokers }
  const admin = new Admin({ ...client, retries: 0 })
  const isLed = async () => {
    const indexes = Array.from({ length: partitions }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp: -1n,
    }))
    return admin.listOffsets({ topics: [{ name: topic, partitions: indexes }] }).then(
      () => true,
      () => false,
    )
  }
  const create = async () => {
    const list = Object.entries(configs).map(([name, value]) => ({ name, value }))
    await admin.createTopics({ topics: [topic], partitions, replicas: 1, configs: list })
    // A topic is there before its partitions have a leader.
    await waitFor('a leader of each partition', isLed, { until: (led) => led })
  }
  await create()
  const consumer = new Consumer({ ...client, groupId: topic, maxWaitTime: 100 })
  const records: ReadRecord[] = []
  const consume = async () => {
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false })
    stream.on('data', (message: Message) => records.push(toText(message)))
  }
  let consuming: Promise<void> | undefined
  return {
    topic,
    create,
    remove: () => admin.deleteTopics({ topics: [topic] }),
    /** What was read so far. */
    records,
    /** All of it, once it is `count` records or more; the first call begins to read. */
    read: async (count: number): Promise<ReadRecord[]> => {
      await (consuming ??= consume())
      return waitFor(`${count} records`, () => [...records], { until: ({ length }) => length >= count })
    },
    close: async () => {
      await consumer.close(true)
      await admin.close()
    },
  }
}
export type TestTopic = Awaited<ReturnType<typeof openTopic>>
