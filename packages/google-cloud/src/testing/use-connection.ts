import { useEmulators } from '@mensageria/testkit/emulators'
import { randomUUID } from 'node:crypto'
import { connectFirestore, type Connection } from '../firestore/connect-firestore.ts'

/** A connection to an empty database for each test of the file, and the methods of the requests that it sent. */
export const useConnection = (): { connection: () => Connection; methods: string[] } => {
  const methods: string[] = []
  let connection: Connection | undefined
  beforeAll(useEmulators, 120_000)
  beforeEach(async () => {
    connection = await connectFirestore({
      projectId: `test-${randomUUID()}`,
      onRpc: ({ method }) => methods.push(method),
    })
    methods.length = 0
  })
  afterEach(() => connection?.close())
  return {
    methods,
    connection: () => {
      if (!connection) throw new Error('There is a connection inside a test only')
      return connection
    },
  }
}
