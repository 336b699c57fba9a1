import { createMensageriaClient } from '@mensageria/client'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { openTestSystem, type TestSystem } from '../support/system.ts'
import { startTcpProxy } from '@mensageria/testkit/tcp-proxy'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

test('a registration whose answer is lost is repeated, and the repetition gets the first answer', async () => {
  const { url } = await system.start()
  const proxy = await startTcpProxy(new URL(url).host)
  const client = createMensageriaClient({ baseUrl: `http://${proxy.host}`, attemptMs: 1000 })
  const direct = createMensageriaClient({ baseUrl: url })
  proxy.freezeAnswers()
  const asked = client.POST('/v1/distribution-centers', { body: sampleRegistration(1) })
  await waitFor('the registration accepted', async () => (await direct.GET('/v1/summary')).data, {
    until: (summary) => summary?.accepted === 1,
  })
  proxy.thaw()
  proxy.hangUp()
  const { data, response } = await asked
  expect([response.status, response.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
  expect(data).toMatchObject({ version: 1, name: sampleRegistration(1).name })

  const { data: stored } = await direct.GET('/v1/distribution-centers/{id}', {
    params: { path: { id: data?.id ?? '' } },
  })
  expect(stored?.version).toBe(1)
  const { data: page } = await direct.GET('/v1/deliveries', { params: { query: { integration: 'maas' } } })
  expect(page?.items.map(({ centerId }) => centerId)).toEqual([data?.id])
  await proxy.close()
})
