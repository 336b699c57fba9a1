import type { FailureGroup } from '@mensageria/contracts/browser'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { UserPen } from 'lucide-react'
import { useState } from 'react'
import { Form, Heading, Input, Label, TextArea, TextField } from 'react-aria-components'
import { noteFailures } from '../../api/actions.ts'
import { LIVE } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { ProblemBox } from '../../components/problem-box.tsx'
import { ModalDialog } from '../../components/reason-dialog.tsx'
import { useWords } from '../../hooks/use-words.ts'

const OWNER_MAX = 120
const NOTE_MAX = 1000

type Written = { owner?: string; note?: string }

const writtenOf = (owner: string, note: string): Written => ({
  ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
  ...(note.trim() === '' ? {} : { note: note.trim() }),
})

const NoteForm = ({ group, close }: { group: FailureGroup; close: () => void }) => {
  const { t } = useWords()
  const client = useQueryClient()
  const [owner, setOwner] = useState(group.owner ?? '')
  const [note, setNote] = useState(group.note ?? '')
  const save = useMutation({
    mutationFn: (written: Written) => noteFailures(group.integration, group.cause, written),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [LIVE] })
      close()
    },
  })
  return (
    <>
      <Heading slot="title">{t('failures.noteTitle')}</Heading>
      <p className="dialog-text">{t('failures.noteText')}</p>
      <Form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(writtenOf(owner, note))
        }}
      >
        <TextField className="field" value={owner} onChange={setOwner} maxLength={OWNER_MAX}>
          <Label>{t('failures.owner')}</Label>
          <Input />
        </TextField>
        <TextField className="field" value={note} onChange={setNote} maxLength={NOTE_MAX}>
          <Label>{t('failures.note')}</Label>
          <TextArea rows={3} />
        </TextField>
        {save.error ? <ProblemBox error={save.error} /> : undefined}
        <div className="dialog-actions">
          {group.owner === undefined && group.note === undefined ? undefined : (
            <Button look="quiet" onPress={() => save.mutate({})}>
              {t('failures.clear')}
            </Button>
          )}
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isPending={save.isPending}>
            {t('failures.save')}
          </Button>
        </div>
      </Form>
    </>
  )
}

/** Notes who looks after a group of failures, and what is known of it, for everybody to see. */
export const NoteDialog = ({ group }: { group: FailureGroup }) => {
  const { t } = useWords()
  return (
    <ModalDialog
      trigger={
        <Button look="quiet">
          <UserPen size={16} aria-hidden="true" />
          {group.owner === undefined ? t('failures.take') : t('failures.inCare', { owner: group.owner })}
        </Button>
      }
    >
      {(close) => <NoteForm group={group} close={close} />}
    </ModalDialog>
  )
}
