import { bytesOf, partitionOf, type KafkaRecord } from './to-record.ts'

/** Half of what a broker takes unless it is told otherwise (message.max.bytes, 1 MB), for the sizes are estimates. */
const BATCH_BYTES_MAX = 512 * 1024

/** Records of one partition, written or refused as one. */
export type Batch<Item> = { partition: number; items: readonly Item[] }

/** Sorts what waits into batches; the items of one partition keep their order. Pure. */
export const toBatches = <Item extends { record: KafkaRecord }>(
  items: readonly Item[],
  partitions: number,
): Batch<Item>[] => {
  const batches: { partition: number; items: Item[] }[] = []
  const open = new Map<number, { items: Item[]; bytes: number }>()
  for (const item of items) {
    const partition = partitionOf(item.record.key, partitions)
    const bytes = bytesOf(item.record)
    const last = open.get(partition)
    if (last && last.bytes + bytes <= BATCH_BYTES_MAX) {
      last.items.push(item)
      last.bytes += bytes
    } else {
      const begun = { items: [item], bytes }
      open.set(partition, begun)
      batches.push({ partition, items: begun.items })
    }
  }
  return batches
}
