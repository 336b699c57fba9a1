import type { IntegrationSettings, IntegrationState } from '@mensageria/core'
import { Destination } from '@mensageria/contracts'
import { simulatedBy } from '@mensageria/runtime'
import { decideSimulated, requireNoReal } from './decide-simulated.ts'

const NAMES = ['senninha', 'maas', 'dmitri']
const settingsOf = (name: string): IntegrationSettings => ({
  name,
  retry: { minBackoffMs: 1, maxBackoffMs: 1, attemptsMax: 1 },
  recovery: { minIntervalMs: 1, maxIntervalMs: 1, windowMax: 1, ratePerSecond: 1 },
  concurrencyMax: 1,
})
const decide = (env: Record<string, string>, host = '127.0.0.1') => {
  const said = simulatedBy(env['SIMULATE'], NAMES)
  const integrations = NAMES.map((name) => ({
    ...settingsOf(name),
    ...(said?.has(name) ? { simulated: true } : {}),
  }))
  return decideSimulated({ integrations, env, host })
}
const simulatedOf = (...asked: Parameters<typeof decide>) =>
  decide(...asked).integrations.flatMap(({ name, simulated }) => (simulated ? [name] : []))
const realOf = (...names: string[]) =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}_URL`, 'https://x.example'],
      [`${name}_TOKEN`, 't'],
    ]),
  )
const ALL_REAL = realOf('SENNINHA', 'MAAS', 'DMITRI')

describe('defect 6: a simulator answers', () => {
  test('where nothing real is configured, on this machine', () => {
    expect(simulatedOf({})).toEqual(NAMES)
    expect(
      simulatedOf({ PATH: '/bin', DATABASE_URL: 'x', BASE_URL: 'x', MAIL_URL: 'x', API_TOKEN: 'x' }),
    ).toEqual(NAMES)
    expect(simulatedOf({}, 'localhost')).toEqual(NAMES)
  })

  test('where SIMULATE says so, also beyond this machine', () => {
    expect(simulatedOf({ SIMULATE: '1' }, '0.0.0.0')).toEqual(NAMES)
    expect(simulatedOf({ SIMULATE: 'maas', ...realOf('SENNINHA', 'DMITRI') })).toEqual(['maas'])
  })

  test('for nobody where a destination is real, until SIMULATE says so', () => {
    const target = { url: 'https://portal.example/hooks', rejected_by: [] }
    const portal: IntegrationSettings = {
      ...settingsOf('portal'),
      destination: Destination.parse({ kind: 'webhook', target }),
    }
    const withPortal = (simulated: boolean) => [
      ...NAMES.map((name) => ({ ...settingsOf(name), ...(simulated ? { simulated } : {}) })),
      portal,
    ]
    expect(() => decideSimulated({ integrations: withPortal(false), env: {}, host: '127.0.0.1' })).toThrow(
      /SENNINHA_URL, .* are not set: set them, or say SIMULATE=senninha,maas,dmitri/,
    )
    const said = decideSimulated({
      integrations: withPortal(true),
      env: { SIMULATE: '1' },
      host: '127.0.0.1',
    })
    expect(said.integrations.at(-1)).toEqual(portal)
  })

  test('for nobody where every system has its address', () => {
    expect(simulatedOf(ALL_REAL, '0.0.0.0')).toEqual([])
  })
})

describe('defect 6: the start is refused', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a misspelt address',
      { ...realOf('MAAS', 'DMITRI'), SENINHA_URL: 'x', SENNINHA_TOKEN: 't' },
      /^SENNINHA_URL is not set \(SENINHA_URL is, which nothing reads\): set it, or say SIMULATE=senninha/,
    ],
    ['the misspelt one alone', { SENINHA_URL: 'x' }, /^SENNINHA_URL, .*SENINHA_URL is, which nothing reads/],
    [
      'two letters swapped',
      { ...ALL_REAL, DMITRI_URL: '', DMIRTI_URL: 'x' },
      /DMITRI_URL is empty; DMIRTI_URL is, which/,
    ],
    ['a short name with a slip', { MASA_URL: 'x' }, /MASA_URL is, which nothing reads/],
    ['lower case', { senninha_url: 'x' }, /senninha_url is, which nothing reads/],
    ['another separator', { 'SENNINHA-URL': 'x' }, /SENNINHA-URL is, which nothing reads/],
    ['no separator', { SENNINHAURL: 'x' }, /SENNINHAURL is, which nothing reads/],
    ['a space', { ' SENNINHA_URL': 'x' }, /SENNINHA_URL is, which nothing reads/],
    ['another word', { SENNINHA_BASE_URI: 'x' }, /SENNINHA_BASE_URI is, which nothing reads/],
    ['an empty address', { SENNINHA_URL: '' }, /SENNINHA_URL is empty/],
    ['a token alone', { MAAS_TOKEN: 't' }, /^SENNINHA_URL, SENNINHA_TOKEN, MAAS_URL, DMITRI_URL/],
    [
      'a misspelt token',
      { ...ALL_REAL, MAAS_TOKEN: '', MAAS_TOKN: 't' },
      /^MAAS_TOKEN is not set \(MAAS_TOKEN is empty; MAAS_TOKN is, which nothing reads\): set it/,
    ],
    [
      'one of three',
      { ...realOf('SENNINHA') },
      /^MAAS_URL, MAAS_TOKEN, DMITRI_URL and DMITRI_TOKEN are not set: set them/,
    ],
    ['one that SIMULATE leaves out', { SIMULATE: 'maas' }, /^SENNINHA_URL.* are not set/],
    ['nobody is to be simulated', { SIMULATE: '0' }, /are not set/],
    [
      'a name that is no integration',
      { SIMULATE: 'maas,dmirti' },
      /^SIMULATE names "dmirti", .*\(dmitri\?\)/,
    ],
    ['nothing between two commas', { SIMULATE: 'maas,,dmitri' }, /^SIMULATE names nothing/],
  ])('for %s', (_, env, message) => {
    expect(() => decide(env)).toThrow(message)
  })

  test('beyond this machine, unless SIMULATE says so', () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'server'])
      expect(() => decide({}, host)).toThrow(/^HOST is .*SENNINHA_URL, MAAS_URL and DMITRI_URL are not set/)
  })
})

describe('defect 6: a start that lacks the file with the addresses', () => {
  const known = new Map<string, IntegrationState>([
    ['dmitri', { real: { since: 1 } }],
    ['maas', {}],
  ])

  test('is refused where the data was delivered to a real system', () => {
    expect(() => requireNoReal(decide({}), known)).toThrow(
      /^DMITRI_URL and DMITRI_TOKEN are not set, but this data was delivered to dmitri before/,
    )
  })

  test('goes on where SIMULATE says so, and where the system is not in the list any more', () => {
    expect(() => requireNoReal(decide({ SIMULATE: '1' }), known)).not.toThrow()
    expect(() => requireNoReal(decide({}), new Map([['old', { real: { since: 1 } }]]))).not.toThrow()
  })
})
