import { needs } from '@mensageria/testkit/needs'
import { createIntegrationStates } from './integration-states.ts'
import { useConnection } from '../testing/use-connection.ts'

const { test } = needs('emulators')

const { connection, methods } = useConnection()
const PAUSE = { by: 'ana', at: 1000, reason: 'maintenance' }

// Two instances of a service, each with its own cache; their clock is moved by hand.
const twoInstances = () => {
  const clock = { now: 0 }
  const open = () => createIntegrationStates(connection(), () => clock.now)
  return { clock, one: open(), other: open() }
}

test('a thousand deliveries read the state once in 5 s', async () => {
  const { clock, one } = twoInstances()
  for (let n = 0; n < 1000; n++) await one.read('maas')
  expect(methods).toEqual(['BatchGetDocuments'])
  clock.now += 5_000
  await Promise.all([one.read('maas'), one.read('maas')])
  expect(methods).toEqual(['BatchGetDocuments', 'BatchGetDocuments'])
})

test('a pause is seen at once where it was asked for, and within 5 s by the others', async () => {
  const { clock, one, other } = twoInstances()
  await Promise.all([one.read('maas'), other.read('maas')])
  await one.write('maas', 'paused', PAUSE)
  expect(await one.read('maas')).toEqual({ paused: PAUSE })
  clock.now += 5_000
  expect(await other.read('maas')).toEqual({ paused: PAUSE })
})

test('a read that was on its way during a write is not kept', async () => {
  const { one } = twoInstances()
  const before = one.read('maas')
  await one.write('maas', 'paused', PAUSE)
  await before
  expect(await one.read('maas')).toEqual({ paused: PAUSE })
})

test('what a sweep has read of all is known to its deliveries, and what it wrote meanwhile is not lost', async () => {
  const { one, other } = twoInstances()
  await other.write('maas', 'paused', PAUSE)
  methods.length = 0
  expect(new Map(await one.all())).toEqual(new Map([['maas', { paused: PAUSE }]]))
  expect(await one.read('maas')).toEqual({ paused: PAUSE })
  expect(methods).toEqual(['RunQuery'])
  const reading = one.all()
  await one.write('maas', 'paused', undefined)
  await reading
  expect((await one.read('maas'))?.paused).toBeUndefined()
})

test('a read that failed is asked again', async () => {
  const { one } = twoInstances()
  const failing = createIntegrationStates({
    ...connection(),
    run: () => Promise.reject(new Error('away')),
  })
  await expect(failing.read('maas')).rejects.toThrow('away')
  await expect(failing.read('maas')).rejects.toThrow('away')
  expect(await one.read('maas')).toBeUndefined()
})
