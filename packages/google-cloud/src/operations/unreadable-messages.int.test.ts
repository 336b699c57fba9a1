import { needs } from '@mensageria/testkit/needs'
import { useConnection } from '../testing/use-connection.ts'
import { createUnreadableMessages } from './unreadable-messages.ts'

const { test } = needs('emulators')

const { connection } = useConnection()

test('a message is kept whatever its attributes are called', async () => {
  const messages = createUnreadableMessages(connection())
  const message = {
    subscription: 'maas',
    messageId: 'a/b',
    receivedAt: 1000,
    reason: 'The data is not JSON',
    // Firestore keeps such names for itself, and takes no empty ones.
    attributes: { __name__: 'x', '': 'y', 'a.b': 'z', half: '\uD83D' },
    data: 'x'.repeat(64 * 1024),
  }
  await messages.keep(message)
  expect(await messages.list({ pageSize: 5 })).toEqual({ items: [message] })
})
