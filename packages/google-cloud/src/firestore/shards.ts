import { createHash } from 'node:crypto'

/** Shards of what is open and due, so that a time that grows is no hot spot; one query asks all of them. */
export const OPEN_SHARDS = 8

/** Shards of a list that is read newest first. */
export const LIST_SHARDS = 4

const hashOf = (id: string): Buffer => createHash('sha256').update(id).digest()

/** The shard of a document, by its id: evenly spread, and the same for ever. */
export const shardOf = (id: string, shards: number): number => hashOf(id).readUInt32BE() % shards

/** An id for a document that is named by several texts of any length and content. */
export const hashedId = (...parts: string[]): string => hashOf(JSON.stringify(parts)).toString('hex')

/** The results of one question to each shard, in no order. */
export const askShards = async <T>(shards: number, ask: (shard: number) => Promise<T[]>): Promise<T[]> =>
  (await Promise.all(shardsOf(shards).map(ask))).flat()

/** All shards, for a question that one query can put to them together. */
export const shardsOf = (shards: number): number[] => Array.from({ length: shards }, (_, shard) => shard)
