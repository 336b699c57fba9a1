import { variablesOf } from '@mensageria/contracts'
import { listedSystems } from '@mensageria/simulator/listed'
import { readEnvironment, readOptions } from './config.ts'

const NAMES = listedSystems()
const LAST = NAMES.at(-1) ?? ''
const { url: LAST_URL, token: LAST_TOKEN } = variablesOf(LAST)
const REAL: Record<string, string> = Object.fromEntries(
  NAMES.flatMap((name) => [
    [variablesOf(name).url, `https://${name}.example`],
    [variablesOf(name).token, `token-of-${name}`],
  ]),
)

describe('what npm run dev makes of the environment', () => {
  test('nothing configured: all are simulated, on clocks for somebody who watches', () => {
    const { port, sweepIntervalMs, env, integrations } = readEnvironment({})
    expect([port, sweepIntervalMs]).toEqual([8080, 1000])
    expect(env).toMatchObject({
      SIMULATE: NAMES.join(','),
      RETRY_MAX_BACKOFF: '10s',
      RATE_LIMIT: 'off',
    })
    expect(integrations.every(({ simulated }) => simulated)).toBe(true)
  })

  test('what is set goes to every service, and is not overridden', () => {
    const set = {
      RETRY_MIN_BACKOFF: '3s',
      RETRY_MAX_BACKOFF: '7s',
      MAX_DELIVERY_ATTEMPTS: '9',
      RECOVERY_MIN_INTERVAL: '4s',
      RECOVERY_MAX_INTERVAL: '5s',
      RETIRE_AFTER: '1h',
      SWEEP_BUDGET: '8s',
      STATS_INTERVAL: '6s',
      RATE_LIMIT: '5',
      LOG_LEVEL: 'warn',
      PORTAL_SECRET: 'x',
    }
    const { env, integrations, ...rest } = readEnvironment({
      ...set,
      ...REAL,
      PORT: '0',
      SWEEP_INTERVAL: '250ms',
    })
    expect(env).toMatchObject({ ...set, ...REAL })
    expect(rest).toEqual({ port: 0, sweepIntervalMs: 250 })
    expect(integrations[0]?.retry).toEqual({ minBackoffMs: 3000, maxBackoffMs: 7000, attemptsMax: 9 })
    // Each service has a port of its own, and nobody is simulated.
    expect([env['PORT'], env['SIMULATE']]).toEqual([undefined, undefined])
  })

  test('some real and some simulated, by name', () => {
    const { [LAST_URL]: _, [LAST_TOKEN]: __, ...others } = REAL
    expect(readEnvironment({ ...others, SIMULATE: LAST }).env['SIMULATE']).toBe(LAST)
    expect(() => readEnvironment(others)).toThrow(`${LAST_URL} and ${LAST_TOKEN} are not set`)
  })

  test.each([
    [{ SWEEP_INTERVAL: 'often' }, /SWEEP_INTERVAL: Write a duration/],
    [{ RETIRE_AFTER: '0s' }, /RETIRE_AFTER/],
    [{ PORT: '70000' }, /PORT/],
    [{ INTEGRATIONS_FILE: '/nope' }, /There is no file \/nope/],
    [{ RETRY_MIN_BACKOFF: '1m' }, /above its longest/],
  ])('%j stops it before anything starts', (env, words) => {
    expect(() => readEnvironment(env)).toThrow(words)
  })
})

describe('the command line of npm run dev', () => {
  test.each<[string[], object]>([
    [[], { help: false }],
    [['--help'], { help: true }],
    [['--data', './x'], { help: false, data: './x' }],
  ])('%j', (args, options) => {
    expect(readOptions(args)).toEqual(options)
  })

  test.each([
    [['--data'], /argument missing/],
    [['--data='], /--data: Must be a folder/],
    [['--data', '~/x'], /no ~ at its start/],
    [['--date', 'x'], /Unknown option '--date'/],
    [['x'], /Unexpected argument 'x'/],
  ])('%j is refused', (args, words) => {
    expect(() => readOptions(args)).toThrow(words)
  })
})
