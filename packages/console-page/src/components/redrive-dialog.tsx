import type { RedriveFilter, ShownState } from '@mensageria/contracts/browser'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { createRedrive, dryRun } from '../api/actions.ts'
import { LIVE } from '../api/queries.ts'
import { useWords } from '../hooks/use-words.ts'
import { StateBadge } from './badge.tsx'
import { CenterName } from './center-name.tsx'
import { Loading } from './loading.tsx'
import { NothingFound } from './nothing-found.tsx'
import { ProblemBox } from './problem-box.tsx'
import { ModalDialog, ReasonForm } from './reason-dialog.tsx'

const SAMPLE_MAX = 3
// What the API sends where nobody says which.
const DEFAULT_STATES: readonly ShownState[] = ['parked', 'rejected']

type RedriveDialogProps = { trigger: ReactNode; title: string; filter: RedriveFilter }

const RedriveForm = ({
  title,
  filter: asked,
  close,
}: Omit<RedriveDialogProps, 'trigger'> & { close: () => void }) => {
  const { t, number } = useWords()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [instead, countInstead] = useState<ShownState[]>()
  const filter = instead ? { ...asked, states: instead } : asked
  // Counted anew each time that the dialog opens.
  const found = useQuery({
    queryKey: ['dry-run', filter],
    queryFn: () => dryRun(filter),
    gcTime: 0,
    staleTime: 0,
  })
  const { count = 0, more = false } = found.data ?? {}
  // A dry run stops at its bound: there may be more than it has counted.
  const counted = more ? t('redrives.foundMore', { total: number(count) }) : t('redrives.found', { count })
  const confirm = more
    ? t('redrives.confirmMore', { total: number(count) })
    : t('redrives.confirm', { count })
  return (
    <ReasonForm
      title={title}
      confirm={confirm}
      isDisabled={count === 0}
      onConfirm={async (reason) => {
        await createRedrive(filter, reason)
        await client.invalidateQueries({ queryKey: [LIVE] })
        navigate('/redrives')
      }}
      close={close}
    >
      {found.isPending ? <Loading /> : undefined}
      {found.error ? <ProblemBox error={found.error} /> : undefined}
      {found.data ? (
        <>
          <p>
            <strong>{count === 0 ? t('redrives.foundNone') : counted}</strong>
          </p>
          {count > 0 ? (
            <p>{t('redrives.sample')}:</p>
          ) : (
            <NothingFound
              found={found.data}
              states={filter.states ?? DEFAULT_STATES}
              onChoose={countInstead}
            />
          )}
          <ul className="sample">
            {found.data.sample.slice(0, SAMPLE_MAX).map(({ centerId, integration, state }) => (
              <li key={`${integration} ${centerId}`}>
                <CenterName id={centerId} /> <StateBadge state={state} />
              </li>
            ))}
          </ul>
          <p>{t('redrives.intro')}</p>
        </>
      ) : undefined}
    </ReasonForm>
  )
}

/** Counts what a redrive would send, shows some of it, and sends it once somebody has said why. */
export const RedriveDialog = ({ trigger, ...props }: RedriveDialogProps) => (
  <ModalDialog trigger={trigger}>{(close) => <RedriveForm {...props} close={close} />}</ModalDialog>
)
