/** Time as the core needs it: `now` in epoch milliseconds, `monotonic` in milliseconds that never jump. */
export type Clock = { now(): number; monotonic(): number; sleep(ms: number): Promise<void> }

/**
 * `next` gives an id that nobody else gets; `traceparent` a new W3C trace context; `random` a number in 0..1; `digest` the
 * SHA-256 of a text in hex, the same in every process.
 */
export type Ids = { next(): string; traceparent(): string; random(): number; digest(text: string): string }
