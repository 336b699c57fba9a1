import { openGoogleCloudOperations } from '@mensageria/google-cloud/operations'
import { useEmulators } from '@mensageria/testkit/emulators'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeUpgrade, FIXTURE, NAMES } from './describe-upgrade.ts'
import { loadFirestoreDump, type Dump } from './load-firestore-dump.ts'

const dump: Dump = JSON.parse(readFileSync(join(FIXTURE, 'firestore.json'), 'utf8'))

beforeAll(useEmulators, 120_000)

describeUpgrade(
  'google-cloud',
  async () => {
    const { firestore } = await useEmulators()
    const projectId = `test-${randomUUID()}`
    await loadFirestoreDump(firestore, projectId, dump)
    return () => openGoogleCloudOperations({ projectId, integrations: NAMES.map((name) => ({ name })) })
  },
  { keepsPlaces: true },
)
