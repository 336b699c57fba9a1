import { createLogger, type Logger } from './logger.ts'
import { ProblemError } from '../http/errors/problem-error.ts'

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

const lineOf = (log: (logger: Logger) => void, projectId?: string): Record<string, unknown> => {
  const lines: string[] = []
  const logger = createLogger({
    level: 'trace',
    service: 'registration',
    destination: { write: (line: string) => void lines.push(line) },
    ...(projectId === undefined ? {} : { projectId }),
  })
  log(logger)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^\{.*\}\n$/)
  return JSON.parse(lines[0] ?? '')
}

describe('createLogger', () => {
  test.each([
    ['debug', 'DEBUG'],
    ['info', 'INFO'],
    ['warn', 'WARNING'],
    ['error', 'ERROR'],
    ['fatal', 'CRITICAL'],
  ] as const)('%s has severity %s', (level, severity) => {
    expect(lineOf((logger) => logger[level]('hello'))).toMatchObject({
      severity,
      message: 'hello',
      serviceContext: { service: 'registration' },
    })
  })

  test('defect 18: what a system put into an error turns no terminal and no text around', () => {
    const err = new Error('altnames: DNS:a\u202Eb\u009B2J\u001B[2J')
    const plain = 'altnames: DNS:a\uFFFDb\uFFFD2J\uFFFD[2J'
    const line = lineOf((logger) => logger.error({ err }, 'failed'))
    expect(line['err']).toMatchObject({ message: plain })
    expect(line['stack_trace']).toContain(`Error: ${plain}\n    at `)
  })

  test('time is RFC 3339', () => {
    const { time } = lineOf((logger) => logger.info('hello'))
    expect(new Date(String(time)).toISOString()).toBe(time)
  })

  test('a trace context becomes the fields of Cloud Logging, as a field and as a binding', () => {
    const expected = {
      'logging.googleapis.com/trace': 'projects/p1/traces/0af7651916cd43dd8448eb211c80319c',
      'logging.googleapis.com/spanId': 'b7ad6b7169203331',
      'logging.googleapis.com/trace_sampled': true,
    }
    const field = lineOf((logger) => logger.info({ traceparent: TRACEPARENT }, 'x'), 'p1')
    const bound = lineOf(
      (logger) => logger.child({ traceparent: TRACEPARENT }).child({ a: 1 }).info('x'),
      'p1',
    )
    expect(field).toMatchObject(expected)
    expect(bound).toMatchObject({ ...expected, a: 1 })
    expect(field).not.toHaveProperty('traceparent')
    expect(bound).not.toHaveProperty('traceparent')
  })

  test('a broken trace context costs nothing but itself', () => {
    const line = lineOf((logger) => logger.info({ traceparent: 'nonsense', a: 1 }, 'x'))
    expect(line).toMatchObject({ message: 'x', a: 1 })
    expect(JSON.stringify(line)).not.toContain('trace')
  })

  test('a fault of ours has its stack and the stack of its cause', () => {
    const err = new Error('outer', { cause: new TypeError('inner') })
    const line = lineOf((logger) => logger.error({ err }, 'request.failed'))
    expect(line['stack_trace']).toMatch(/Error: outer\n {4}at [\s\S]*caused by: TypeError: inner\n {4}at /)
    expect(line).toMatchObject({ err: { type: 'Error', message: 'outer', cause: { type: 'TypeError' } } })
  })

  test('of several faults side by side each is named, and the first has its stack', () => {
    const err = new AggregateError([new TypeError('one'), new RangeError('two')], '2 parts failed')
    const line = lineOf((logger) => logger.error({ err }, 'sweep.failed'))
    expect(line).toMatchObject({
      err: { message: '2 parts failed', errors: [{ message: 'one' }, { message: 'two' }] },
    })
    expect(line['stack_trace']).toMatch(/2 parts failed\n[\s\S]*caused by: TypeError: one\n/)
  })

  test('an expected failure, or one that is only a warning, opens no error group', () => {
    const expected = lineOf((logger) => logger.error({ err: new ProblemError('unavailable') }, 'x'))
    const warning = lineOf((logger) => logger.warn({ err: new Error('odd') }, 'x'))
    expect(expected).not.toHaveProperty('stack_trace')
    expect(warning).not.toHaveProperty('stack_trace')
  })

  test('what a library hangs on an error is not logged', () => {
    const err = Object.assign(new Error('failed'), {
      request: { headers: { authorization: 'Bearer t0ken' } },
    })
    expect(JSON.stringify(lineOf((logger) => logger.error({ err }, 'x')))).not.toContain('t0ken')
  })

  test.each([
    { authorization: 'S3CRET' },
    { token: 'S3CRET' },
    { headers: { authorization: 'S3CRET', cookie: 'S3CRET' } },
    { taxId: 'S3CRET' },
    { contact: { name: 'S3CRET', email: 'S3CRET', phone: 'S3CRET' } },
    { email: 'S3CRET', phone: 'S3CRET' },
    { body: { taxId: 'S3CRET', name: 'S3CRET' } },
    { event: { data: { taxId: 'S3CRET', contact: { email: 'S3CRET' } } } },
    { center: { taxId: 'S3CRET', name: 'S3CRET' } },
  ])('secrets and personal data are redacted in %j', (fields) => {
    const text = JSON.stringify(lineOf((logger) => logger.info(fields, 'x')))
    expect(text).not.toContain('S3CRET')
    expect(text).toContain('[redacted]')
  })
})
