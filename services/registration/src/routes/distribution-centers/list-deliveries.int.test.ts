import { centerIdOf } from '@mensageria/contracts'
import { blankRow } from '@mensageria/core'
import type { DeliveryRow, IntegrationSettings } from '@mensageria/core'
import { sample } from '../../testing/registration-sample.ts'
import { STARTED_AT, startRegistration } from '../../testing/start-registration.ts'

const id = centerIdOf('11222333000181')

const settings = (name: string, since?: string): IntegrationSettings => ({
  name,
  retry: { minBackoffMs: 10_000, maxBackoffMs: 600_000, attemptsMax: 100 },
  recovery: { minIntervalMs: 2_000, maxIntervalMs: 30_000, windowMax: 100, ratePerSecond: 200 },
  concurrencyMax: 32,
  ...(since === undefined ? {} : { since: Date.parse(since) }),
})

const delivered = (integration: string): DeliveryRow => ({
  ...blankRow({ integration, centerId: id }, 1, 'token'),
  state: 'delivered',
  deliveredVersion: 1,
  attempts: 2,
  firstAttemptAt: Date.parse(STARTED_AT),
  externalId: 'p-1',
})

const waiting = (integration: string, version = 1) => ({
  integration,
  centerId: id,
  version,
  deliveredVersion: 0,
  state: 'waiting',
  attempts: 0,
  history: [],
})

describe('GET /v1/distribution-centers/{id}/deliveries', () => {
  test('200: one row per configured integration, also where nothing happened yet', async () => {
    await using registration = await startRegistration({
      integrations: [settings('senninha'), settings('maas'), settings('dmitri')],
      rows: [delivered('maas'), delivered('removed-long-ago')],
    })
    await registration.post(sample())
    const answer = await registration.get(`/${id}/deliveries`)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({
      items: [
        waiting('senninha'),
        {
          integration: 'maas',
          centerId: id,
          version: 1,
          deliveredVersion: 1,
          state: 'delivered',
          attempts: 2,
          firstAttemptAt: STARTED_AT,
          externalId: 'p-1',
          history: [],
        },
        waiting('dmitri'),
      ],
    })
  })

  test('a row below the version of the center is waiting', async () => {
    await using registration = await startRegistration({
      integrations: [settings('maas')],
      rows: [delivered('maas')],
    })
    await registration.post(sample())
    await registration.put(id, sample({ name: 'CD Novo' }), { 'if-match': '*' })
    const answer = await registration.get(`/${id}/deliveries`)
    expect(answer.json()).toEqual({
      items: [{ ...waiting('maas', 2), deliveredVersion: 1, externalId: 'p-1' }],
    })
  })

  test('an integration that is younger than the center has no row until it is backfilled', async () => {
    const integrations = [
      settings('maas', '2026-11-03T00:00:00Z'),
      settings('dmitri', '2026-11-03T00:00:00Z'),
    ]
    await using registration = await startRegistration({ integrations, rows: [delivered('dmitri')] })
    await registration.post(sample())
    const answer = await registration.get(`/${id}/deliveries`)
    expect(answer.json()).toMatchObject({ items: [{ integration: 'dmitri', state: 'delivered' }] })
  })

  test('an integration that is as old as the center has its row', async () => {
    await using registration = await startRegistration({ integrations: [settings('maas', STARTED_AT)] })
    await registration.post(sample())
    const answer = await registration.get(`/${id}/deliveries`)
    expect(answer.json()).toEqual({ items: [waiting('maas')] })
  })

  test.each([id, 'nonsense'])('404 for the unknown id %s', async (unknown) => {
    await using registration = await startRegistration({ integrations: [settings('maas')] })
    const answer = await registration.get(`/${unknown}/deliveries`)
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ type: 'urn:mensageria:problem:not-found' })
  })
})
