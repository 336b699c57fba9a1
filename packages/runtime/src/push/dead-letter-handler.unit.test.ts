import { DEAD_LETTER_ATTRIBUTES } from '@mensageria/contracts'
import type { UnreadableMessage } from '@mensageria/core'
import { createLogger } from '../logging/logger.ts'
import { sampleEvent, sampleMessage, TRACE_ID } from '../testing/push-samples.ts'
import { createDeadLetterHandler } from './dead-letter-handler.ts'

const NOW = Date.parse('2026-11-24T12:00:00.000Z')

const build = ({ park = async () => true, keep }: { park?: () => Promise<boolean>; keep?: Error } = {}) => {
  const lines: string[] = []
  const kept: UnreadableMessage[] = []
  const parked: unknown[][] = []
  const handle = createDeadLetterHandler({
    park: async (...args) => {
      parked.push(args)
      return park()
    },
    unreadable: {
      keep: async (message) => {
        if (keep) throw keep
        kept.push(message)
      },
    },
    clock: { now: () => NOW },
    logger: createLogger({
      level: 'debug',
      service: 'test',
      destination: { write: (line: string) => void lines.push(line) },
    }),
  })
  return { handle, kept, parked, lines: () => lines.map((line): unknown => JSON.parse(line)) }
}

type Changes = { attributes?: Record<string, string>; text?: string }

const letter = ({ attributes = {}, text = JSON.stringify(sampleEvent.data) }: Changes = {}) => ({
  subscription: 'projects/p/subscriptions/distribution-center-events-dead-letter',
  messageId: '7',
  attributes: {
    ...sampleMessage.attributes,
    [DEAD_LETTER_ATTRIBUTES.subscription]: 'dmitri',
    ...attributes,
  },
  text,
})

// One whose data was no text: it comes as it was on the wire.
const rawLetter = (raw: string, fault: string) => {
  const { text: _, ...rest } = letter()
  return { ...rest, raw, fault }
}

describe('a dead letter that can be read', () => {
  test('is acknowledged once it is parked, and the log says so with the trace', async () => {
    const { handle, parked, kept, lines } = build()
    expect(await handle(letter())).toBe(true)
    expect(parked).toEqual([[{ integration: 'dmitri', centerId: sampleEvent.subject }, 1]])
    expect(kept).toEqual([])
    expect(lines()).toMatchObject([
      { message: 'delivery.parked', severity: 'WARNING', 'logging.googleapis.com/trace': TRACE_ID },
    ])
  })

  test('comes again while somebody is calling', async () => {
    const { handle, kept, lines } = build({ park: async () => false })
    expect(await handle(letter())).toBe(false)
    expect([kept, lines()]).toEqual([[], []])
  })

  test('comes again where the ledger cannot be reached', async () => {
    const { handle, kept } = build({ park: () => Promise.reject(new Error('away')) })
    await expect(handle(letter())).rejects.toThrow('away')
    expect(kept).toEqual([])
  })
})

describe('a dead letter that nobody can read', () => {
  test.each<[string, string, Parameters<typeof letter>[0]]>([
    ['no JSON', 'The data is not JSON', { text: '{' }],
    ['nothing', 'The data is not JSON', { text: '' }],
    ['depth', 'The data is nested deeper than 8', { text: '['.repeat(9) + ']'.repeat(9) }],
    ['an unknown type', 'Not a known event: type', { attributes: { 'ce-type': 'br.mensageria.x.v9' } }],
    [
      'no source',
      'No attribute names the subscription that it comes from',
      { attributes: { [DEAD_LETTER_ATTRIBUTES.subscription]: '' } },
    ],
  ])('(%s) is kept, acknowledged, and loud in the log', async (_what, reason, message) => {
    const { handle, kept, parked, lines } = build()
    expect(await handle(letter(message))).toBe(true)
    expect(kept).toMatchObject([{ messageId: '7', receivedAt: NOW, reason }])
    expect(parked).toEqual([])
    expect(lines()).toMatchObject([{ message: 'message.unreadable', severity: 'ERROR', reason }])
  })

  test('is kept as it came, under the subscription that gave it up', async () => {
    const { handle, kept, lines } = build()
    const raw = Buffer.from([0x22, 0xff, 0x22]).toString('base64')
    const sent = rawLetter(raw, 'The data is not valid UTF-8')
    expect(await handle(sent)).toBe(true)
    const reason = 'The data is not valid UTF-8'
    expect(kept).toMatchObject([{ subscription: 'dmitri', attributes: sent.attributes, data: raw, reason }])
    expect(lines()).toMatchObject([{ message: 'message.unreadable', severity: 'ERROR', reason }])
  })

  test('whose data is no base64 is kept as the base64 of what it is', async () => {
    const { handle, kept } = build()
    await handle(rawLetter('é***', 'The data is not base64'))
    expect(Buffer.from(kept[0]?.data ?? '', 'base64').toString()).toBe('é***')
  })

  test('is cut after 64 KiB, and is base64 still', async () => {
    const { handle, kept } = build()
    await handle(letter({ text: '{'.repeat(100_000) }))
    expect(kept[0]?.data.length).toBe(64 * 1024)
    expect(Buffer.from(kept[0]?.data ?? '', 'base64').toString()).toMatch(/^\{{49152}$/)
  })

  test('comes again where it could not be kept', async () => {
    const { handle } = build({ keep: new Error('away') })
    await expect(handle(letter({ text: '***' }))).rejects.toThrow('away')
  })
})
