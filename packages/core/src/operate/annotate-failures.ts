import type { AuditLog, Clock, FailureNote, FailureNotes } from '../ports/index.ts'

export type AnnotateFailuresDeps = {
  notes: Pick<FailureNotes, 'write'>
  audit: Pick<AuditLog, 'append'>
  clock: Pick<Clock, 'now'>
}

// What was written is the reason: a reader of the log sees it without the group, which may be gone.
const reasonOf = ({ owner, note }: FailureNote): string =>
  [owner === undefined ? undefined : `owner: ${owner}`, note]
    .filter((part) => part !== undefined)
    .join('; ') || 'taken away'

/** Writes owner and note of a failure group, audited before it happens. */
export const createAnnotateFailures =
  ({ notes, audit, clock }: AnnotateFailuresDeps) =>
  async (note: FailureNote, actor: string): Promise<void> => {
    const target = `${note.integration}/${note.cause}`
    await audit.append({
      at: clock.now(),
      actor,
      action: 'failure-group.note',
      target,
      reason: reasonOf(note),
    })
    await notes.write(note)
  }

export type AnnotateFailures = ReturnType<typeof createAnnotateFailures>
