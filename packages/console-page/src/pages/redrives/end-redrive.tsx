import { useMutation } from '@tanstack/react-query'
import { Heading } from 'react-aria-components'
import { Button } from '../../components/button.tsx'
import { ProblemBox } from '../../components/problem-box.tsx'
import { ModalDialog } from '../../components/reason-dialog.tsx'
import { useWords } from '../../hooks/use-words.ts'

type EndRedriveProps = { onEnd: () => Promise<unknown> }

const EndForm = ({ onEnd, close }: EndRedriveProps & { close: () => void }) => {
  const { t } = useWords()
  const end = useMutation({ mutationFn: onEnd, onSuccess: close })
  return (
    <>
      <Heading slot="title">{t('redrives.cancelTitle')}</Heading>
      <p className="dialog-text">{t('redrives.cancelText')}</p>
      {end.error ? <ProblemBox error={end.error} /> : undefined}
      <div className="dialog-actions">
        <Button onPress={close}>{t('common.cancel')}</Button>
        <Button look="danger" onPress={() => end.mutate()} isPending={end.isPending}>
          {t('redrives.cancel')}
        </Button>
      </div>
    </>
  )
}

/** Ends a redrive, once somebody has confirmed it. */
export const EndRedrive = ({ onEnd }: EndRedriveProps) => {
  const { t } = useWords()
  return (
    <ModalDialog trigger={<Button>{t('redrives.cancel')}</Button>}>
      {(close) => <EndForm onEnd={onEnd} close={close} />}
    </ModalDialog>
  )
}
