import { decideFault, DEFAULT_DIALS, Dials, FrontMode, SpoilMode } from './dials.ts'

describe('Dials', () => {
  test('without anything set, the system is up, honors keys and refuses nothing', () => {
    expect(DEFAULT_DIALS).toEqual({
      mode: 'up',
      latencyMs: 0,
      share: 1,
      honorKeys: true,
      refuse: [],
      lookupLagMs: 0,
    })
  })

  test.each([
    ['an unknown dial', { speed: 1 }],
    ['an unknown mode', { mode: 'sideways' }],
    ['a share above 1', { share: 1.1 }],
    ['no hits at all', { mode: 'down', times: 0 }],
    ['the mode status without a status', { mode: 'status' }],
    ['a status without the mode status', { mode: 'down', status: 500 }],
    ['a Retry-After without the mode status', { retryAfter: '1' }],
    ['a body without the mode status', { body: {} }],
    ['a Retry-After that would break the header', { mode: 'status', status: 429, retryAfter: 'a\r\nb' }],
  ])('%s is refused', (_name, input) => {
    expect(Dials.safeParse(input).success).toBe(false)
  })
})

describe('decideFault', () => {
  test('a system that is up breaks nothing', () => {
    expect(decideFault(DEFAULT_DIALS, 0)).toEqual({ fault: { when: 'never' }, next: DEFAULT_DIALS })
  })

  test.each(FrontMode.options)('%s happens before the effect', (mode) => {
    const dials = Dials.parse(mode === 'status' ? { mode, status: 500 } : { mode })
    expect(decideFault(dials, 0.99)).toEqual({ fault: { when: 'before', mode }, next: dials })
  })

  test.each(SpoilMode.options)('%s happens after the effect', (mode) => {
    const dials = Dials.parse({ mode })
    expect(decideFault(dials, 0.99)).toEqual({ fault: { when: 'after', mode }, next: dials })
  })

  test('a share of 0.25 hits what is drawn below it', () => {
    const dials = Dials.parse({ mode: 'down', share: 0.25 })
    expect(decideFault(dials, 0.24).fault.when).toBe('before')
    expect(decideFault(dials, 0.25).fault.when).toBe('never')
  })

  test('a request that is spared uses up none of the times', () => {
    const dials = Dials.parse({ mode: 'down', share: 0.5, times: 1 })
    expect(decideFault(dials, 0.7).next).toBe(dials)
  })

  test('the mode ends after its last time, and the other dials stay', () => {
    const dials = Dials.parse({ mode: 'status', status: 429, retryAfter: '3', times: 2, latencyMs: 5 })
    const once = decideFault(dials, 0).next
    expect(once).toEqual({ ...dials, times: 1 })
    expect(decideFault(once, 0).next).toEqual({ ...DEFAULT_DIALS, latencyMs: 5 })
  })
})
