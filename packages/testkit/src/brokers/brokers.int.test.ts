import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { needs } from '../needs.ts'
import { waitFor } from '../wait-for.ts'
import { answersTo } from './answers.ts'
import { startKafkaProxy, useKafka, useMoto, useRabbitmq } from './index.ts'

const run = promisify(execFile)

// Every process with its group; one that has ended and is not yet collected does not run.
const processes = async () => {
  const { stdout } = await run('ps', ['-eww', '-o', 'pgid=,stat=,args='])
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/ +/))
    .map(([group = '', state = '', ...args]) => ({ group, state, args: args.join(' ') }))
    .filter(({ state }) => !state.startsWith('Z'))
}

needs('rabbitmq').test('RabbitMQ is started once for all who ask', async () => {
  const [one, other] = await Promise.all([useRabbitmq(), useRabbitmq()])
  expect(other).toEqual(one)
  expect(await answersTo(one.port, Buffer.from('AMQP\0\0\u0009\u0001', 'latin1'))).toBe(true)
})

needs('kafka').test('Kafka answers directly and through a proxy', async () => {
  const greeting = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 255, 255])
  const { brokers } = await useKafka()
  const proxy = await startKafkaProxy()
  try {
    for (const host of [brokers[0] ?? '', proxy.host])
      expect(await answersTo(Number(host.split(':')[1]), greeting)).toBe(true)
  } finally {
    await proxy.close()
  }
})

needs('moto').test('moto answers for SNS and SQS', async () => {
  const { endpoint } = await useMoto()
  const answer = await fetch(`${endpoint}/?Action=ListTopics`, { method: 'POST' })
  expect(answer.status).toBeLessThan(500)
})

needs('rabbitmq').test('a broker ends with all its children when the test run is killed', async () => {
  const home = await mkdtemp(join(tmpdir(), 'mensageria-brokers-'))
  const entry = JSON.stringify(new URL('./rabbitmq.ts', import.meta.url).href)
  const script = `
    const { startRabbitmq } = await import(${entry})
    await startRabbitmq()
    console.log('ready')`
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: home },
  })
  try {
    await once(owner.stdout, 'data')
    const group = (await processes()).find(({ args }) => args.includes(`-home ${home}`))?.group
    const members = async () =>
      (await processes()).filter((process) => process.group === group).map(({ args }) => args)
    expect(await members()).toEqual(expect.arrayContaining([expect.stringMatching(/^epmd/)]))
    owner.kill('SIGKILL')
    await waitFor('the end of every process', members, {
      timeoutMs: 20_000,
      until: (left) => left.length === 0,
    })
  } finally {
    owner.kill('SIGKILL')
    await rm(home, { recursive: true, force: true })
  }
})
