import type { Delivery } from '@mensageria/contracts/browser'
import { useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { redriveOne } from '../../api/actions.ts'
import { LIVE } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useSystemName } from '../../hooks/use-system-name.ts'
import { useWords } from '../../hooks/use-words.ts'

/** Sends one delivery again, with a reason; a delivered one by force. */
export const RedriveButton = ({ delivery }: { delivery: Delivery }) => {
  const { t } = useWords()
  const client = useQueryClient()
  const { integration, centerId, state } = delivery
  const name = useSystemName()(integration)
  const force = state === 'delivered'
  return (
    <ReasonDialog
      trigger={
        <Button look={state === 'rejected' || state === 'parked' ? 'primary' : 'quiet'}>
          <RotateCw size={16} aria-hidden="true" />
          {t('story.redrive')} <span className="visually-hidden">{name}</span>
        </Button>
      }
      title={t('story.redriveTitle', { name })}
      confirm={t('story.redrive')}
      look={force ? 'danger' : 'primary'}
      onConfirm={async (reason) => {
        await redriveOne(integration, centerId, { reason, force })
        await client.invalidateQueries({ queryKey: [LIVE] })
      }}
    >
      <p>{t('story.redriveText')}</p>
      {force ? <p>{t('story.forceText')}</p> : undefined}
    </ReasonDialog>
  )
}
