import { Destination, type DestinationKind } from '@mensageria/contracts'
import type { z } from 'zod'

/** What a target looks like where nothing is said about it: each is to be replaced. */
export const EXAMPLES: Readonly<Record<DestinationKind, Readonly<Record<string, unknown>>>> = {
  webhook: { url: 'https://portal.example/hooks/centers' },
  rabbitmq: { url: 'amqps://rabbit.example', exchange: 'centers' },
  kafka: { brokers: ['k1.example:9092'], topic: 'centers' },
  sns: { topic_arn: 'arn:aws:sns:sa-east-1:123456789012:centers.fifo' },
  sqs: { queue_url: 'https://sqs.sa-east-1.amazonaws.com/123456789012/centers.fifo' },
  pubsub: { topic: 'projects/other-project/topics/centers' },
}

type Fields = Record<string, unknown>

// What was typed is text; the schema says what it is to be.
const readAs: Readonly<Record<string, (text: string) => unknown>> = {
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
  number: (text) => (/^\d+$/.test(text) ? Number(text) : text),
  int: (text) => (/^\d+$/.test(text) ? Number(text) : text),
  array: (text) => text.split(',').map((part) => part.trim()),
}

const convert = (holder: object, [key, ...rest]: readonly PropertyKey[], expected: string): void => {
  if (key === undefined) return
  const value: unknown = Reflect.get(holder, key)
  if (rest.length > 0 && typeof value === 'object' && value !== null) return convert(value, rest, expected)
  if (typeof value === 'string') Reflect.set(holder, key, readAs[expected]?.(value) ?? value)
}

const wordsOf = ({ path, message }: z.core.$ZodIssue): string => `${path.join('.')}: ${message}`

/** A target, what of it is only an example, or why it is none: one sentence for each field. */
export type MadeTarget =
  | { ok: true; target: Fields; examples: readonly string[] }
  | { ok: false; faults: readonly string[] }

/** The target of a kind from what was typed, with examples where nothing was and something must be. */
export const makeTarget = (kind: DestinationKind, typed: Readonly<Record<string, string>>): MadeTarget => {
  const target: Fields = { ...EXAMPLES[kind], ...typed }
  const row = { kind, target }
  // A list of numbers is typed as one text: first a list of texts, then of numbers.
  for (let turn = 0; turn < 2; turn++) {
    for (const issue of Destination.safeParse(row).error?.issues ?? [])
      if (issue.code === 'invalid_type') convert(row, issue.path, issue.expected)
  }
  const issues = Destination.safeParse(row).error?.issues ?? []
  if (issues.length > 0) return { ok: false, faults: issues.map(wordsOf) }
  return { ok: true, target, examples: Object.keys(EXAMPLES[kind]).filter((field) => !(field in typed)) }
}
