import { CALL_MS } from '@mensageria/core'
import { testCertificate } from '@mensageria/testkit/certificate'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitFor } from '@mensageria/testkit/wait-for'
import { expectPromisesKept } from '../support/promises.ts'
import { deliveriesOf, openTestSystem, type TestSystem } from '../support/system.ts'
import { untilDeliveredTo, untilState } from '../support/until.ts'
import { startTlsFront } from '../support/tls-front.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

test('row 17: a certificate that nobody trusts is our configuration, loud, and nothing is sent; trusted, it is delivered', async () => {
  const front = await startTlsFront(system.simulator.url)
  try {
    const env = { DMITRI_URL: `${front.url}/dmitri` }
    const first = await system.start(env)
    const { id } = await system.client.register(first.url, sampleRegistration(1))
    await waitFor(
      'the certificate of dmitri refused',
      async () => (await deliveriesOf(first.url, id))['dmitri']?.lastFailure,
      { until: (failure) => failure?.kind === 'misconfigured' && failure.cause === 'tls' },
    )
    expect(system.simulator.summaryOf('dmitri').requests).toBe(0)
    expect(
      first.lines.some((line) => line.includes('"severity":"ERROR"') && line.includes('"cause":"tls"')),
    ).toBe(true)
    expect(await first.stop()).toBe(0)

    const trusted = join(system.dataDir, 'trusted.pem')
    await writeFile(trusted, testCertificate.cert)
    const second = await system.start({ ...env, NODE_EXTRA_CA_CERTS: trusted })
    await expectPromisesKept(system, second.url)
    expect((await deliveriesOf(second.url, id))['dmitri']?.state).toBe('delivered')
    await second.stop()
  } finally {
    await front.close()
  }
})

test('row 16: an answer that drips for ever ends with the time of the call, is in doubt, and is not an effect twice', async () => {
  const { url } = await system.start()
  system.simulator.setDials('maas', { mode: 'slow-drip', times: 1 })
  const { id } = await system.client.register(url, sampleRegistration(1))
  // The other systems do not wait for it.
  await untilDeliveredTo(url, ['senninha', 'dmitri'], [id])
  expect((await deliveriesOf(url, id))['maas']?.state).toBe('delivering')
  await untilState(url, id, 'maas', 'delivered')
  const [dripped, ...others] = (await deliveriesOf(url, id))['maas']?.history ?? []
  expect(dripped).toMatchObject({ result: 'unknown', cause: 'timeout' })
  expect(dripped?.durationMs).toBeGreaterThan(CALL_MS - 1_000)
  expect(dripped?.durationMs).toBeLessThan(CALL_MS + 5_000)
  expect(others).toMatchObject([{ result: 'delivered' }])
  await expectPromisesKept(system, url)
})
