import { startKeeper, type Keeper, type Starters } from './keeper.ts'

const MOTO = { endpoint: 'e', region: 'r', accountId: 'a', accessKeyId: 'k', secretAccessKey: 's' }

const notAsked = () => Promise.reject(new Error('Nobody asked for it'))
const starters = (some: Partial<Starters>): Starters => ({
  emulators: notAsked,
  rabbitmq: notAsked,
  kafka: notAsked,
  moto: notAsked,
  ...some,
})

let keeper: Keeper | undefined
afterEach(() => keeper?.close())

const ask = async (kind: string) => {
  const answer = await fetch(new URL(kind, keeper?.url))
  return { status: answer.status, text: await answer.text() }
}

test('a server starts at the first request, once for all who ask, and is stopped in the end', async () => {
  const log: string[] = []
  keeper = await startKeeper(
    starters({
      moto: async () => {
        log.push('start')
        return { hosts: MOTO, stop: async () => void log.push('stop') }
      },
    }),
  )
  expect(log).toEqual([])
  const answers = await Promise.all([ask('moto'), ask('moto')])
  expect(answers.map(({ text }) => JSON.parse(text))).toEqual([MOTO, MOTO])
  await keeper.close()
  expect(log).toEqual(['start', 'stop'])
})

test('a server that does not start says why to everybody who asks, and the others start', async () => {
  keeper = await startKeeper(
    starters({
      kafka: () => Promise.reject(new Error('install Java 17')),
      moto: async () => ({ hosts: MOTO, stop: () => Promise.resolve() }),
    }),
  )
  expect(await ask('kafka')).toEqual({ status: 500, text: 'install Java 17' })
  expect(await ask('kafka')).toEqual({ status: 500, text: 'install Java 17' })
  expect(await ask('moto')).toMatchObject({ status: 200 })
  expect(await ask('nats')).toEqual({ status: 404, text: 'The keeper has no nats' })
})

test('no connection outlives its answer: the next question of a busy worker would meet its end', async () => {
  keeper = await startKeeper(starters({ moto: async () => ({ hosts: MOTO, stop: () => Promise.resolve() }) }))
  for (const kind of ['moto', 'nats']) {
    const answer = await fetch(new URL(kind, keeper.url))
    await answer.text()
    expect(answer.headers.get('connection')).toBe('close')
  }
})
