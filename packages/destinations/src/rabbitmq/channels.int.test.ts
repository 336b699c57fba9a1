import { useRabbitmq } from '@mensageria/testkit/brokers'
import { needs } from '@mensageria/testkit/needs'
import { Connection } from 'rabbitmq-client'
import { createChannels } from './channels.ts'

const { describe } = needs('rabbitmq')

// As a broker with a low channel_max has it: both sides agree on the lower number.
const connectWith = async (maxChannels: number): Promise<Connection> => {
  const { host, port, user } = await useRabbitmq()
  const connection = new Connection({ hostname: host, port, ...user, maxChannels })
  connection.on('error', () => undefined)
  await connection.onConnect()
  return connection
}

describe('a connection that may have few channels', () => {
  test('has what comes wait for one that is given back, or that ends', async () => {
    const channels = createChannels(() => connectWith(2))
    const [first, second] = [await channels.take(), await channels.take()]
    const [third, fourth] = [channels.take(), channels.take()]
    channels.give(first)
    expect(await third).toBe(first)
    await second.close()
    const opened = await fourth
    expect([opened.active, opened === first]).toEqual([true, false])
    await channels.close()
  })

  test('has what waits end when it is closed', async () => {
    const channels = createChannels(() => connectWith(1))
    const busy = await channels.take()
    const waits = channels.take().catch((error: unknown) => error)
    await new Promise(setImmediate)
    await channels.close()
    expect(await waits).toMatchObject({ code: 'CLOSING' })
    expect(busy.active).toBe(false)
  })
})
