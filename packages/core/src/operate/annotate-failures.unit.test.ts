import type { AuditEntry, FailureNote } from '../ports/index.ts'
import { createAnnotateFailures } from './annotate-failures.ts'

const createPart = () => {
  const done: string[] = []
  const written: FailureNote[] = []
  const entries: AuditEntry[] = []
  let auditIsAway = false
  const annotate = createAnnotateFailures({
    notes: {
      write: async (note) => {
        done.push('write')
        written.push(note)
      },
    },
    audit: {
      append: async (entry) => {
        if (auditIsAway) throw new Error('away')
        done.push('audit')
        entries.push(entry)
      },
    },
    clock: { now: () => 1000 },
  })
  return { annotate, done, written, entries, breakAudit: () => (auditIsAway = true) }
}

const GROUP = { integration: 'maas', cause: 'http-503' }

test('is audited before it is written, with what was written', async () => {
  const { annotate, done, written, entries } = createPart()
  await annotate({ ...GROUP, owner: 'Bea', note: 'Ticket 12 at MaaS' }, 'ana')
  expect(done).toEqual(['audit', 'write'])
  expect(written).toEqual([{ ...GROUP, owner: 'Bea', note: 'Ticket 12 at MaaS' }])
  expect(entries).toEqual([
    {
      at: 1000,
      actor: 'ana',
      action: 'failure-group.note',
      target: 'maas/http-503',
      reason: 'owner: Bea; Ticket 12 at MaaS',
    },
  ])
})

test.each([
  [{ owner: 'Bea' }, 'owner: Bea'],
  [{ note: 'Known' }, 'Known'],
  [{}, 'taken away'],
])('%j is audited as %j', async (written, reason) => {
  const { annotate, entries } = createPart()
  await annotate({ ...GROUP, ...written }, 'ana')
  expect(entries[0]?.reason).toBe(reason)
})

test('what cannot be audited is not written', async () => {
  const { annotate, written, breakAudit } = createPart()
  breakAudit()
  await expect(annotate({ ...GROUP, owner: 'Bea' }, 'ana')).rejects.toThrow('away')
  expect(written).toEqual([])
})
