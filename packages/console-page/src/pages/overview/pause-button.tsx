import type { Integration } from '@mensageria/contracts/browser'
import { useQueryClient } from '@tanstack/react-query'
import { Pause, Play } from 'lucide-react'
import { changeIntegration } from '../../api/actions.ts'
import { LIVE } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useWords } from '../../hooks/use-words.ts'

/** Pauses an integration, or resumes it, with a reason. */
export const PauseButton = ({ integration: { name, displayName, paused } }: { integration: Integration }) => {
  const { t } = useWords()
  const client = useQueryClient()
  const action = paused ? 'resume' : 'pause'
  const Icon = paused ? Play : Pause
  return (
    <ReasonDialog
      trigger={
        <Button>
          <Icon size={16} aria-hidden="true" />
          {t(`overview.${action}`)} <span className="visually-hidden">{displayName}</span>
        </Button>
      }
      title={t(`overview.${action}Title`, { name: displayName })}
      confirm={t(`overview.${action}`)}
      onConfirm={async (reason) => {
        await changeIntegration(name, action, reason)
        await client.invalidateQueries({ queryKey: [LIVE] })
      }}
    >
      <p>{t(`overview.${action}Text`)}</p>
    </ReasonDialog>
  )
}
