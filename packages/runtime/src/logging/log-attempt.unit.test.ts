import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { AttemptReport, DeliveryRow, Outcome } from '@mensageria/core'
import { logAttempt } from './log-attempt.ts'
import { createLogger } from './logger.ts'

const event: DistributionCenterEvent = {
  specversion: '1.0',
  id: '7d0c0a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11:2',
  source: '/mensageria/registration',
  type: 'br.mensageria.distribution-center.updated.v1',
  subject: '7d0c0a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11',
  time: '2026-11-24T12:00:00.000Z',
  sequence: 2,
  datacontenttype: 'application/json',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: {
    id: '7d0c0a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11',
    version: 2,
    createdAt: '2026-11-24T12:00:00.000Z',
    updatedAt: '2026-11-24T12:00:00.000Z',
    name: 'CD Cajamar',
    taxId: '11222333000181',
    address: {
      street: 'Rodovia Anhanguera',
      number: 'km 38',
      district: 'Jordanesia',
      city: 'Cajamar',
      cityCode: '3509205',
      state: 'SP',
      postalCode: '07786000',
    },
    contact: { email: 'ana@example.com', phone: '+551133334444' },
  },
}

const row: DeliveryRow = {
  integration: 'dmitri',
  centerId: event.subject,
  version: 2,
  deliveredVersion: 1,
  token: 't',
  attempts: 3,
  firstAttemptAt: 1,
  lastAttemptAt: 2,
  notBefore: undefined,
  parkedAt: undefined,
  recoveryFailures: 0,
  redrives: 0,
  lastFailure: undefined,
  externalId: undefined,
  history: [
    { at: event.time, version: 2, trigger: 'push', durationMs: 41, result: 'transient', cause: 'http-503' },
  ],
  state: 'retrying',
  dueAt: 3,
}

const logged = (change: Partial<AttemptReport>): { text: string; line: Record<string, unknown> } => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ level: 'debug', service: 'dmitri', destination })
  const outcome: Outcome = { kind: 'delivered' }
  logAttempt(logger, { event, row, outcome, trigger: { kind: 'push' }, settled: true, ...change })
  expect(lines).toHaveLength(1)
  const [text = ''] = lines
  return { text, line: JSON.parse(text) }
}

describe('logAttempt', () => {
  test('one line says whose attempt it was, how it ended and what follows', () => {
    const outcome: Outcome = {
      kind: 'transient',
      cause: 'http-503',
      message: 'Answered 503',
      httpStatus: 503,
    }
    expect(logged({ outcome }).line).toMatchObject({
      severity: 'WARNING',
      message: 'delivery.attempted',
      integration: 'dmitri',
      centerId: event.subject,
      version: 2,
      eventId: event.id,
      attempt: 3,
      trigger: 'push',
      outcome: 'transient',
      cause: 'http-503',
      httpStatus: 503,
      durationMs: 41,
      state: 'retrying',
      settled: true,
      'logging.googleapis.com/trace': '0af7651916cd43dd8448eb211c80319c',
      'logging.googleapis.com/spanId': 'b7ad6b7169203331',
    })
  })

  test.each<[string, Outcome]>([
    ['INFO', { kind: 'delivered' }],
    ['WARNING', { kind: 'transient', cause: 'timeout', message: '' }],
    ['WARNING', { kind: 'rejected', cause: 'rejected:x', message: '' }],
    ['WARNING', { kind: 'unknown', cause: 'timeout', message: '' }],
    ['ERROR', { kind: 'misconfigured', cause: 'http-401', message: '' }],
    ['ERROR', { kind: 'unknown', cause: 'defect', message: '' }],
  ])('severity is %s for %j', (severity, outcome) => {
    expect(logged({ outcome }).line).toMatchObject({ severity })
  })

  test('a redrive is named by its id', () => {
    expect(logged({ trigger: { kind: 'redrive', id: 'r1', force: false } }).line).toMatchObject({
      trigger: 'redrive:r1',
    })
  })

  test('nothing of the center is in the line, nor what the downstream said of it', () => {
    const message = 'Rejected the data: 11222333000181 ana@example.com'
    const { text } = logged({ outcome: { kind: 'rejected', cause: 'rejected:invalid-cnpj', message } })
    expect(text).not.toMatch(/11222333000181|ana@example\.com|551133334444|Cajamar/)
  })
})
