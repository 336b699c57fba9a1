import { openGoogleCloudOperations } from '@mensageria/google-cloud/operations'
import { describeEngine, type EngineUnderTest, type ListedIntegration } from '@mensageria/testkit'
import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { randomUUID } from 'node:crypto'

const { describe } = needs('emulators')

beforeAll(useEmulators, 120_000)

// The emulator lets this one pass every rule.
const HEADERS = { authorization: 'Bearer owner' }

const deleteDocument = async (projectId: string, path: string): Promise<void> => {
  const root = `http://${process.env['FIRESTORE_EMULATOR_HOST']}/v1/projects/${projectId}`
  const url = `${root}/databases/(default)/documents/${path}`
  const answer = await fetch(url, { method: 'DELETE', headers: HEADERS })
  if (!answer.ok) throw new Error(`The emulator answered ${answer.status}`)
}

const openIn = async (
  projectId: string,
  integrations: readonly ListedIntegration[],
): Promise<EngineUnderTest> => {
  const engine = await openGoogleCloudOperations({ projectId, integrations })
  return {
    ...engine,
    reopen: async (next) => {
      await engine.close()
      return openIn(projectId, next)
    },
    // The center and its event are gone, and the row is still there: its pair is in a state, and not owed.
    damage: async ({ centerId }) => {
      await deleteDocument(projectId, `centers/${centerId}`)
      await deleteDocument(projectId, `events/${centerId}:1`)
    },
  }
}

// A project of its own is an empty database on the emulator.
describe('with the emulators', () => {
  describeEngine('google-cloud', (integrations) => openIn(`test-${randomUUID()}`, integrations))
})
