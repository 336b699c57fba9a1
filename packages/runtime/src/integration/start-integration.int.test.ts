import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openEmbedded } from '@mensageria/embedded'
import { listen } from '../testing/listen.ts'
import { envelopeOf, sampleEvent, sampleMessage, TRACE_ID } from '../testing/push-samples.ts'

const SCRIPT = fileURLToPath(new URL('../testing/integration-process.ts', import.meta.url))
const KEY = { integration: 'dmitri', centerId: sampleEvent.subject }

type Line = Record<string, unknown>

const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
})

const start = async (env: Record<string, string>) => {
  const child = spawn(process.execPath, [SCRIPT], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      GOOGLE_CLOUD_PROJECT: 'p',
      DMITRI_TOKEN: 'secret',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  const lines: Line[] = []
  const waiting = new Map<unknown, () => void>()
  let errors = ''
  const ready = Promise.withResolvers<string>()
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line: Line = JSON.parse(text)
    lines.push(line)
    waiting.get(line['message'])?.()
    if (typeof line['url'] === 'string') ready.resolve(line['url'])
  })
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, errors }))
  return {
    child,
    lines,
    ended,
    /** Resolves with the line of this message that comes next, or was there already. */
    seen: (message: string) =>
      new Promise<void>((resolve) => {
        waiting.set(message, resolve)
        if (lines.some((line) => line['message'] === message)) resolve()
      }),
    url: () => Promise.race([ready.promise, ended.then(() => Promise.reject(new Error(errors)))]),
  }
}

// A downstream that answers when the test says so, a folder for the ledger, and the process between them.
const open = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-integration-'))
  const asked = Promise.withResolvers<ServerResponse>()
  const server = await listen(
    createServer((request, response) => {
      request.resume()
      asked.resolve(response)
    }),
  )
  const running = await start({ DATA_DIR: dataDir, DMITRI_URL: server.url })
  const url = await running.url()
  return {
    ...running,
    url,
    asked: asked.promise,
    push: (message: Record<string, unknown> = {}) =>
      fetch(`${url}/push`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(envelopeOf(message)),
      }),
    /** The row, once the process has ended. */
    row: async () => {
      const engine = openEmbedded({ dataDir, subscriptions: [], onError: () => undefined })
      const found = await engine.ledger.read(KEY)
      engine.close()
      return found?.row
    },
    [Symbol.asyncDispose]: async () => {
      running.child.kill('SIGKILL')
      await running.ended
      await server[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true })
    },
  }
}

const succeed = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
}

describe('the process of an integration', () => {
  test('delivers what is pushed, and only then acknowledges; the line has the trace of the event', async () => {
    await using system = await open()
    expect(system.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    const answer = system.push()
    succeed(await system.asked)
    expect((await answer).status).toBe(204)
    system.child.kill('SIGTERM')
    expect(await system.ended).toMatchObject({ code: 0 })
    expect(await system.row()).toMatchObject({ state: 'delivered', deliveredVersion: 1 })
    expect(system.lines).toContainEqual(
      expect.objectContaining({
        message: 'delivery.attempted',
        outcome: 'delivered',
        trigger: 'push',
        'logging.googleapis.com/trace': `projects/p/traces/${TRACE_ID}`,
      }),
    )
  })

  test('tells a hand-over how it ended, and keeps the row for the sweeper', async () => {
    await using system = await open()
    const answer = system.push({ attributes: { ...sampleMessage.attributes, handover: 'recovery' } })
    ;(await system.asked).writeHead(503).end()
    expect(await (await answer).json()).toMatchObject({ status: 503, result: 'transient' })
    system.child.kill('SIGTERM')
    await system.ended
    expect(await system.row()).toMatchObject({ state: 'parked', attempts: 1 })
  })

  test('does not acknowledge what it cannot read, and calls nobody', async () => {
    await using system = await open()
    const answer = await system.push({ attributes: { 'ce-type': 'br.mensageria.x.v9' } })
    expect(answer.status).toBe(503)
    expect(system.lines).toContainEqual(expect.objectContaining({ message: 'message.unreadable' }))
  })

  test('SIGTERM lets a call in flight finish, and settles it before the end', async () => {
    await using system = await open()
    const answer = system.push()
    const response = await system.asked
    system.child.kill('SIGTERM')
    await system.seen('process.closing')
    succeed(response)
    expect((await answer).status).toBe(204)
    expect(await system.ended).toMatchObject({ code: 0 })
    expect(await system.row()).toMatchObject({ state: 'delivered' })
  })

  test('SIGTERM ends a call that hangs, and settles it as a doubt, in well under 10 s', async () => {
    await using system = await open()
    const answer = system.push()
    await system.asked
    const startedAt = performance.now()
    system.child.kill('SIGTERM')
    expect((await answer).status).toBe(503)
    expect(await system.ended).toMatchObject({ code: 0 })
    expect(performance.now() - startedAt).toBeLessThan(8_000)
    expect(await system.row()).toMatchObject({ state: 'retrying', lastFailure: { kind: 'unknown' } })
  })
})

describe('no start', () => {
  const local = { DATA_DIR: ':memory:', DMITRI_URL: 'http://127.0.0.1:9' }
  const cloud = {
    ...local,
    K_SERVICE: 'dmitri',
    PUSH_AUDIENCE: 'https://dmitri.example.com',
    PUSH_SERVICE_ACCOUNT: 'push@p.iam.gserviceaccount.com',
    PUSH_SIGNATURE: 'platform',
    SWEEPER_SERVICE_ACCOUNT: 'sweeper@p.iam.gserviceaccount.com',
  }

  test.each<[Record<string, string>, string]>([
    [{ ...cloud, PUSH_AUDIENCE: '' }, 'PUSH_AUDIENCE is empty'],
    [{ ...cloud, PUSH_SERVICE_ACCOUNT: '' }, 'PUSH_SERVICE_ACCOUNT is empty'],
    [{ ...cloud, PUSH_SIGNATURE: '' }, 'PUSH_SIGNATURE is empty'],
    [{ ...cloud, SWEEPER_SERVICE_ACCOUNT: '' }, 'SWEEPER_SERVICE_ACCOUNT is empty'],
    [{ ...cloud, FIRESTORE_EMULATOR_HOST: 'localhost:1' }, 'FIRESTORE_EMULATOR_HOST must not be set'],
    [{ ...local, DMITRI_TOKEN: '' }, 'DMITRI_TOKEN is empty'],
    [{ ...local, RETRY_MAX_BACKOFF: 'soon' }, 'RETRY_MAX_BACKOFF'],
  ])('with %j: it says %s and ends with 1', async (env, sentence) => {
    const { code, errors } = await (await start(env)).ended
    expect(code).toBe(1)
    expect(errors).toContain('dmitri did not start.')
    expect(errors).toContain(sentence)
    expect(errors).not.toMatch(/\n\s+at /)
  })

  test('a row with a kind is for services/destination: it says so and ends with 1', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mensageria-list-'))
    const row = { kind: 'webhook', target: { url: 'https://dmitri.example' } }
    const list = join(folder, 'list.json')
    await writeFile(list, JSON.stringify({ integrations: { dmitri: row } }))
    const { code, errors } = await (await start({ ...local, INTEGRATIONS_FILE: list })).ended
    await rm(folder, { recursive: true })
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringContaining(
        'has a kind: services/destination delivers it, with DESTINATION=dmitri',
      ),
    })
  })

  test('defect 6: a variable that looks like one of ours is named with the right one, before the ready line', async () => {
    const running = await start({
      ...local,
      RETRY_MIN_BACKOF: '1s',
      MAAS_URI: 'x',
      DMITRI_PORT: 'tcp://10.0.0.1',
    })
    await running.url()
    const warnings = running.lines.filter(({ severity }) => severity === 'WARNING')
    expect(warnings.map(({ message }) => message)).toEqual([
      'RETRY_MIN_BACKOF is set, but nothing reads it: RETRY_MIN_BACKOFF is the nearest that is read',
      'MAAS_URI is set, but nothing reads it: MAAS_URL is the nearest that is read',
    ])
  })

  test('on Cloud Run it listens on every address, and asks for a token', async () => {
    const running = await start(cloud)
    const url = await running.url()
    const body = JSON.stringify(envelopeOf())
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/push`, { method: 'POST', headers, body })
    expect(answer.status).toBe(401)
    expect(running.lines).toContainEqual(expect.objectContaining({ host: '0.0.0.0', url }))
    running.child.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ code: 0 })
  })
})
