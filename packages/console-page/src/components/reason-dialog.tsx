import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import {
  Dialog,
  DialogTrigger,
  FieldError,
  Form,
  Heading,
  Label,
  Modal,
  ModalOverlay,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components'
import { useWords } from '../hooks/use-words.ts'
import { Button } from './button.tsx'
import { ProblemBox } from './problem-box.tsx'

const REASON_MAX = 300

type ReasonFormProps = {
  title: string
  children: ReactNode
  confirm: string
  look?: 'primary' | 'danger'
  isDisabled?: boolean
  /** Does it; the dialog closes when it has succeeded. */
  onConfirm: (reason: string) => Promise<unknown>
  close: () => void
}

/** The inside of a dialog that asks for a reason before something is done that others will want to understand. */
export const ReasonForm = (props: ReasonFormProps) => {
  const { title, children, confirm, look = 'primary', isDisabled = false, onConfirm, close } = props
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const action = useMutation({ mutationFn: () => onConfirm(reason.trim()), onSuccess: close })
  return (
    <>
      <Heading slot="title">{title}</Heading>
      <div className="dialog-text">{children}</div>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          action.mutate()
        }}
      >
        <TextField
          value={reason}
          onChange={setReason}
          isRequired
          maxLength={REASON_MAX}
          validate={(value) => (value.trim() === '' ? t('common.reasonMissing') : undefined)}
          className="field"
        >
          <Label>{t('common.reason')}</Label>
          <TextArea rows={2} />
          <Text slot="description">{t('common.reasonHint')}</Text>
          <FieldError>{t('common.reasonMissing')}</FieldError>
        </TextField>
        {action.error ? <ProblemBox error={action.error} /> : undefined}
        <div className="dialog-actions">
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" look={look} isDisabled={isDisabled} isPending={action.isPending}>
            {confirm}
          </Button>
        </div>
      </Form>
    </>
  )
}

type ModalDialogProps = { trigger: ReactNode; children: (close: () => void) => ReactNode }

/** A dialog above the page, opened by its trigger. */
export const ModalDialog = ({ trigger, children }: ModalDialogProps) => (
  <DialogTrigger>
    {trigger}
    <ModalOverlay className="overlay" isDismissable>
      <Modal className="modal">
        <Dialog className="dialog">{({ close }) => children(close)}</Dialog>
      </Modal>
    </ModalOverlay>
  </DialogTrigger>
)

type ReasonDialogProps = Omit<ReasonFormProps, 'close'> & Pick<ModalDialogProps, 'trigger'>

/** Asks for a reason, then does it. */
export const ReasonDialog = ({ trigger, ...props }: ReasonDialogProps) => (
  <ModalDialog trigger={trigger}>{(close) => <ReasonForm {...props} close={close} />}</ModalDialog>
)
