import { startSimulator } from './simulator.ts'
import { SAMPLES, startTestSimulator } from './testing/test-client.ts'

test('tokens that are given are used, the others are random', async () => {
  const simulator = await startSimulator({ systems: SAMPLES, tokens: { second: 'secret' } })
  try {
    expect(simulator.tokenOf('second')).toBe('secret')
    expect(simulator.tokenOf('first')).toMatch(/^[\w-]{32}$/)
    expect(simulator.tokenOf('first')).not.toBe(simulator.tokenOf('third'))
  } finally {
    await simulator.close()
  }
})

test('a share hits those for whom the given random number is below it', async () => {
  const simulator = await startSimulator({ systems: SAMPLES, random: () => 0.5 })
  const statusWith = async (share: number) => {
    simulator.setDials('second', { mode: 'down', share })
    return (await fetch(simulator.urlOf('second'))).status
  }
  try {
    expect([await statusWith(0.6), await statusWith(0.5)]).toEqual([503, 401])
  } finally {
    await simulator.close()
  }
})

test('closing ends requests that hang, drip or wait, and frees the port', async () => {
  const { simulator, call, arrived } = await startTestSimulator()
  simulator.setDials('first', { mode: 'hang' })
  simulator.setDials('second', { mode: 'slow-drip' })
  simulator.setDials('third', { latencyMs: 600_000 })
  const hanging = call('first', '/items?externalId=a', { method: 'GET' })
  const dripping = await call('second', '/items/a')
  const waiting = call('third', '/items/3509205')
  await Promise.all([arrived('first', 1), arrived('third', 1)])
  const ends = Promise.allSettled([hanging, dripping.text(), waiting])

  const startedAt = performance.now()
  await simulator.close()
  expect(performance.now() - startedAt).toBeLessThan(2000)
  expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])

  const again = await startSimulator({ systems: SAMPLES, port: Number(new URL(simulator.url).port) })
  await again.close()
})
