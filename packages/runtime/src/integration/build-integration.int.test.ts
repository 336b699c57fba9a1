import { DEAD_LETTER_ATTRIBUTES, IntegrationPolicy } from '@mensageria/contracts'
import { composePark, composeSweeper, toSettings, type Outcome } from '@mensageria/core'
import { openEmbedded } from '@mensageria/embedded'
import { createSweepLog } from '../logging/log-sweep.ts'
import { createLogger } from '../logging/logger.ts'
import { createDeadLetterHandler } from '../push/dead-letter-handler.ts'
import { createHandOverClient } from '../push/hand-over-client.ts'
import { createOidcVerifier } from '../push/oidc-verifier.ts'
import { startKeyServer } from '../testing/key-server.ts'
import { portOf } from '../testing/listen.ts'
import { envelopeOf, sampleEvent, sampleMessage } from '../testing/push-samples.ts'
import { createSystemClock } from '../base/system-clock.ts'
import { createSystemIds } from '../base/system-ids.ts'
import { buildIntegration } from './build-integration.ts'

const AUDIENCE = 'https://dmitri.example.com'
const PUSH = 'push-dmitri@p.iam.gserviceaccount.com'
const SWEEPER = 'sweeper@p.iam.gserviceaccount.com'
const KEY = { integration: 'dmitri', centerId: sampleEvent.subject }
const DOWN: Outcome = { kind: 'transient', cause: 'http-503', message: 'Answered 503', httpStatus: 503 }

// The parts of the cloud around one ledger: the integration as on Cloud Run, the dead-letter function, the sweeper.
const open = async () => {
  const keyServer = await startKeyServer()
  const lines: string[] = []
  const logger = createLogger({
    level: 'debug',
    service: 'test',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const clock = createSystemClock()
  const ids = createSystemIds()
  const engine = openEmbedded({ dataDir: ':memory:', subscriptions: [], onError: () => undefined })
  const { centers, ledger, publisher, states, unreadable } = engine
  const stored = {
    center: sampleEvent.data,
    requestId: 'r',
    traceparent: sampleEvent.traceparent,
    actor: 'local',
  }
  await centers.create({ stored, event: sampleEvent })
  const settings = toSettings('dmitri', IntegrationPolicy.parse({}), { minIntervalMs: 1, maxIntervalMs: 1 })

  let outcome: Outcome = DOWN
  const calls: unknown[] = []
  const verify = await createOidcVerifier({
    audience: AUDIENCE,
    pushAccount: PUSH,
    sweeperAccount: SWEEPER,
    signature: 'platform',
    keysUrl: keyServer.url,
    clock,
    logger,
  })
  const integration = {
    call: async (_event: unknown, { attempt }: { attempt: number }) => {
      calls.push(attempt)
      return outcome
    },
  }
  const app = await buildIntegration({ settings, integration, engine, verify, clock, ids, logger })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${portOf(app.server)}`

  const claims = (email: string) => {
    const now = Math.floor(clock.now() / 1000)
    const whole = { iss: 'https://accounts.google.com', aud: AUDIENCE, iat: now, exp: now + 3600 }
    return { ...whole, email, email_verified: true }
  }
  const client = createHandOverClient({
    endpoints: { dmitri: { url, audience: AUDIENCE } },
    authorize: async () => `Bearer ${keyServer.token(claims(SWEEPER))}`,
    clock,
    logger,
  })
  const { handOver } = client
  const sweep = composeSweeper(engine, {
    integrations: [settings],
    publisher,
    handOver,
    maintenance: { intervalMs: 60_000, settleMs: 0, retireAfterMs: 60_000 },
    observe: createSweepLog(logger),
    clock,
    ids,
  })
  return {
    calls,
    lines,
    handOver,
    sweep,
    answerWith: (next: Outcome) => (outcome = next),
    bury: createDeadLetterHandler({ park: composePark(engine, { clock, ids }), unreadable, clock, logger }),
    row: async () => (await ledger.read(KEY))?.row,
    pause: (paused: boolean) =>
      states.write('dmitri', 'paused', paused ? { by: 'ana', at: 1, reason: 'maintenance' } : undefined),
    push: (attributes: Record<string, string> = {}) =>
      fetch(`${url}/push`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${keyServer.stripped(claims(PUSH))}`,
        },
        body: JSON.stringify(envelopeOf({ attributes: { ...sampleMessage.attributes, ...attributes } })),
      }),
    [Symbol.asyncDispose]: async () => {
      await client.close()
      await app.close()
      engine.close()
      await keyServer[Symbol.asyncDispose]()
    },
  }
}

describe('an integration', () => {
  test('that was down gets its dead letter back from the sweeper, over its own push endpoint', async () => {
    await using system = await open()
    expect((await system.push()).status).toBe(503)
    expect(await system.row()).toMatchObject({ state: 'retrying', attempts: 1 })

    const source = { [DEAD_LETTER_ATTRIBUTES.subscription]: 'dmitri' }
    const letter = { subscription: 'dead', messageId: '8', text: JSON.stringify(sampleEvent.data) }
    const attributes = { ...sampleMessage.attributes, ...source }
    expect(await system.bury({ ...letter, attributes })).toBe(true)
    expect(await system.row()).toMatchObject({ state: 'parked', attempts: 1 })

    system.answerWith({ kind: 'delivered' })
    // Its time comes within a millisecond; each sweep looks once.
    for (let sweeps = 0; (await system.row())?.state !== 'delivered'; sweeps += 1) {
      if (sweeps > 1_000) throw new Error('It was not brought back')
      await system.sweep(50)
    }
    expect(await system.row()).toMatchObject({
      deliveredVersion: 1,
      history: [{ trigger: 'push' }, { trigger: 'recovery' }],
    })
    expect((await system.push()).status).toBe(204)
    expect(system.calls).toEqual([1, 2])
  })

  test('that fails a hand-over keeps the row for the sweeper, which hears why', async () => {
    await using system = await open()
    const handed = await system.handOver('dmitri', sampleEvent, { kind: 'reconcile' })
    expect(handed).toEqual({ ack: false, result: 'transient' })
    expect(await system.row()).toMatchObject({ state: 'parked', recoveryFailures: 1 })
  })

  test('calls nobody for a hand-over that the push account pretends', async () => {
    await using system = await open()
    expect((await system.push({ handover: 'recovery' })).status).toBe(403)
    expect([system.calls, await system.row()]).toEqual([[], undefined])
  })

  test('that is paused calls nobody', async () => {
    await using system = await open()
    await system.pause(true)
    expect((await system.push()).status).toBe(503)
    expect(await system.handOver('dmitri', sampleEvent, { kind: 'reconcile' })).toEqual({
      ack: false,
      result: 'held',
    })
    expect(system.calls).toEqual([])
  })

  test('that is paused between two pushes knows it with the second: an engine alone says how old its state may be', async () => {
    await using system = await open()
    await system.push()
    await system.pause(true)
    expect((await system.push()).status).toBe(503)
    expect(system.calls).toEqual([1])
  })

  test('gets one call for ten pushes at once; the others are told to come again', async () => {
    await using system = await open()
    system.answerWith({ kind: 'delivered' })
    const answers = await Promise.all(Array.from({ length: 10 }, () => system.push()))
    expect(system.calls).toEqual([1])
    const statuses = new Set(answers.map(({ status }) => status))
    expect(statuses.has(204)).toBe(true)
    expect((await system.push()).status).toBe(204)
  })

  test('writes nothing of a center into its log', async () => {
    await using system = await open()
    await system.push()
    await system.handOver('dmitri', sampleEvent, { kind: 'reconcile' })
    const log = system.lines.join('')
    expect(log).toContain('delivery.attempted')
    for (const secret of ['11222333000181', 'Anhanguera', 'eyJ', PUSH]) expect(log).not.toContain(secret)
  })
})
