import { newRedrive } from '@mensageria/core'
import { deliveryRowOf, writeOf } from '@mensageria/testkit'
import { needs } from '@mensageria/testkit/needs'
import declared from '../../firestore.indexes.json' with { type: 'json' }
import { createAuditLog } from '../operations/audit-log.ts'
import { createCenterStore } from '../intake/center-store.ts'
import { createStats } from '../stats/stats.ts'
import { createFailureNotes } from '../operations/failure-notes.ts'
import { createIntegrationStates } from '../ledger/integration-states.ts'
import { createLedger } from '../ledger/ledger.ts'
import { createOutbox } from '../intake/outbox.ts'
import { createRedriveStore } from '../operations/redrive-store.ts'
import { useConnection } from '../testing/use-connection.ts'
import { createUnreadableMessages } from '../operations/unreadable-messages.ts'

const { test } = needs('emulators')

const { connection } = useConnection()

const exempt = declared.fieldOverrides.map(
  ({ collectionGroup, fieldPath }) => `${collectionGroup}.${fieldPath}`,
)

// One document of each kind, in each of its states.
const writeAll = async () => {
  const { stored, event } = writeOf(1)
  const record = {
    caller: 'caller',
    key: 'key',
    fingerprint: 'fingerprint',
    status: 201 as const,
    center: stored.center,
    expiresAt: 1,
  }
  const centers = createCenterStore(connection())
  await centers.create({ stored, event, idempotency: { record } })
  await centers.create(writeOf(2))
  await createOutbox(connection()).close([event.id], 1)
  const lastFailure = { kind: 'transient', cause: 'tls', message: 'x', at: 1 } as const
  await createLedger(connection(), ['maas']).create({
    ...deliveryRowOf('a'),
    lastFailure,
    tally: { push: 1 },
  })
  const states = createIntegrationStates(connection())
  await states.write('maas', 'paused', { by: 'ana', at: 1, reason: 'maintenance' })
  await states.write('maas', 'recovery', { phase: 'ramp', window: 1, nextAt: 1, since: 1 })
  await states.write('maas', 'membership', { unsettledAt: 1 })
  await states.write('maas', 'outage', { failingSince: 1 })
  const message = {
    subscription: 'maas',
    messageId: '1',
    receivedAt: 1,
    reason: '',
    attributes: {},
    data: '',
  }
  await createUnreadableMessages(connection()).keep(message)
  const { redrive, lanes } = newRedrive(
    { filter: { integration: 'maas', states: ['parked'] }, reason: 'x', requestedBy: 'ana', force: false },
    { id: 'r', now: 1, expected: 1, integrations: ['maas'] },
  )
  await createRedriveStore(connection()).create(redrive, lanes)
  const ended = { ...redrive, id: 'ended', state: 'done', open: false } as const
  const begun = await createRedriveStore(connection()).create({ ...redrive, id: 'ended' }, lanes)
  await createRedriveStore(connection()).write(ended, begun ?? '')
  await createAuditLog(connection()).append({
    at: 1,
    actor: 'ana',
    action: 'redrive.create',
    target: 'maas',
    reason: 'x',
  })
  const stats = createStats(connection(), [{ name: 'maas' }])
  await stats.addAttempts('maas', [{ at: 0, delivered: 1, failed: 0 }])
  await createFailureNotes(connection()).write({ integration: 'maas', cause: 'tls', owner: 'ana' })
  await stats.count(1)
  // Of the next day: the one before has ended.
  await stats.count(86_400_001)
}

// Firestore indexes every field by itself, unless told otherwise: each index is paid at every write, and one of a time that
// grows holds a collection to 500 writes a second. Terraform knows no wildcard here (terraform-provider-google #19598).
test('no stored field has an index of its own, and no exemption is for a field that is not stored', async () => {
  await writeAll()
  const stored = new Set<string>()
  for (const collection of await connection().firestore.listCollections()) {
    for (const snapshot of (await collection.get()).docs) {
      for (const field of Object.keys(snapshot.data())) stored.add(`${collection.id}.${field}`)
    }
  }
  expect([...stored].toSorted()).toEqual(exempt.toSorted())
  for (const { indexes } of declared.fieldOverrides) expect(indexes).toEqual([])
})
