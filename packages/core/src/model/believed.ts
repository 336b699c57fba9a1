/*
 * No stored time is believed beyond its own maximum: a clock may have jumped between the write and now, by minutes or by
 * years, in either direction. These functions are the only ones that compare a stored time with now (epoch milliseconds), and
 * docs/clocks.md has the maximum of each stored time.
 */

/** Whether a planned time is still to come. One that lies further ahead than any right clock plans holds nothing. */
export const isAhead = (at: number, now: number, aheadMaxMs: number): boolean =>
  now < at && at <= now + aheadMaxMs

/** A planned time that is at most so far ahead; undefined where it lies further: no right clock can have planned it. */
export const unlessBeyond = (at: number | undefined, now: number, aheadMaxMs: number): number | undefined =>
  at !== undefined && at <= now + aheadMaxMs ? at : undefined

/** Whether something that is stored as having happened can have: in the future it was written by a clock that had jumped. */
export const hasHappened = (at: number, now: number): boolean => at <= now

/** When something happened: never later than now, whatever clock wrote it. */
export const notAfter = (at: number, now: number): number => Math.min(at, now)

// A machine that is on for 3 h a day keeps up; a clock that is wrong for an hour costs what is kept 10 h of its time.
const RETENTION_SPEED = 10

/**
 * The time by which what is kept for a while expires: now, but never so far after the time `before`, of an earlier purge, as
 * a clock that jumps. Never goes back: a clock that was behind would stop the purges.
 */
export const retentionTime = (before: number | undefined, now: number, elapsedMs: number): number =>
  before === undefined ? now : Math.max(before, Math.min(now, before + RETENTION_SPEED * elapsedMs))

/** How much time has passed since: nothing where that lies in the future, and never more than `mostMs`. */
export const passedMs = (since: number, now: number, mostMs = Number.POSITIVE_INFINITY): number =>
  Math.min(Math.max(0, now - since), mostMs)
