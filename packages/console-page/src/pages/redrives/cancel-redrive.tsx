import { useMutation } from '@tanstack/react-query'
import { Heading } from 'react-aria-components'
import { Button } from '../../components/button.tsx'
import { ProblemBox } from '../../components/problem-box.tsx'
import { ModalDialog } from '../../components/reason-dialog.tsx'
import { useWords } from '../../hooks/use-words.ts'

type CancelRedriveProps = { onCancel: () => Promise<unknown> }

const CancelForm = ({ onCancel, close }: CancelRedriveProps & { close: () => void }) => {
  const { t } = useWords()
  const cancel = useMutation({ mutationFn: onCancel, onSuccess: close })
  return (
    <>
      <Heading slot="title">{t('redrives.cancelTitle')}</Heading>
      <p className="dialog-text">{t('redrives.cancelText')}</p>
      {cancel.error ? <ProblemBox error={cancel.error} /> : undefined}
      <div className="dialog-actions">
        <Button onPress={close}>{t('redrives.keep')}</Button>
        <Button look="danger" onPress={() => cancel.mutate()} isPending={cancel.isPending}>
          {t('redrives.cancelConfirm')}
        </Button>
      </div>
    </>
  )
}

/** Cancels a redrive, once somebody has confirmed it. */
export const CancelRedrive = ({ onCancel }: CancelRedriveProps) => {
  const { t } = useWords()
  return (
    <ModalDialog trigger={<Button>{t('redrives.cancel')}</Button>}>
      {(close) => <CancelForm onCancel={onCancel} close={close} />}
    </ModalDialog>
  )
}
