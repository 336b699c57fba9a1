import { startSimulator } from './simulator.ts'
import { startTestSimulator } from './testing/test-client.ts'

test('tokens that are given are used, the others are random', async () => {
  const simulator = await startSimulator({ tokens: { maas: 'secret' } })
  try {
    expect(simulator.tokens.maas).toBe('secret')
    expect(simulator.tokens.senninha).toMatch(/^[\w-]{32}$/)
    expect(simulator.tokens.senninha).not.toBe(simulator.tokens.dmitri)
  } finally {
    await simulator.close()
  }
})

test('a share hits those for whom the given random number is below it', async () => {
  const simulator = await startSimulator({ random: () => 0.5 })
  const statusWith = async (share: number) => {
    simulator.setDials('maas', { mode: 'down', share })
    return (await fetch(simulator.urls.maas)).status
  }
  try {
    expect([await statusWith(0.6), await statusWith(0.5)]).toEqual([503, 401])
  } finally {
    await simulator.close()
  }
})

test('closing ends requests that hang, drip or wait, and frees the port', async () => {
  const { simulator, call, arrived } = await startTestSimulator()
  simulator.setDials('senninha', { mode: 'hang' })
  simulator.setDials('maas', { mode: 'slow-drip' })
  simulator.setDials('dmitri', { latencyMs: 600_000 })
  const hanging = call('senninha', '/providers?externalId=a', { method: 'GET' })
  const dripping = await call('maas', '/v2/providers/a')
  const waiting = call('dmitri', '/cities/3509205')
  await Promise.all([arrived('senninha', 1), arrived('dmitri', 1)])
  const ends = Promise.allSettled([hanging, dripping.text(), waiting])

  const startedAt = performance.now()
  await simulator.close()
  expect(performance.now() - startedAt).toBeLessThan(2000)
  expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])

  const again = await startSimulator({ port: Number(new URL(simulator.url).port) })
  await again.close()
})
