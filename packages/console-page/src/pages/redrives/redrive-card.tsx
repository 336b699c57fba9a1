import { reasonLabel, REDRIVE_WORDS, STATE_WORDS, type Redrive } from '@mensageria/contracts/browser'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CirclePause, CirclePlay } from 'lucide-react'
import { changeRedrive } from '../../api/actions.ts'
import { LIVE } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { CenterName } from '../../components/center-name.tsx'
import { ForOperators } from '../../components/for-operators.tsx'
import { ProblemBox } from '../../components/problem-box.tsx'
import { whoWords } from '../../words/audit-words.ts'
import { useSystemName } from '../../hooks/use-system-name.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useWords } from '../../hooks/use-words.ts'
import { CancelRedrive } from './cancel-redrive.tsx'
import { RedriveProgress } from './redrive-progress.tsx'

const Scope = ({ filter }: { filter: Redrive['filter'] }) => {
  const { t, label } = useWords()
  const systemName = useSystemName()
  const { integration, cause, centerId, q, states = [] } = filter
  const parts = [
    integration === undefined ? t('redrives.anyIntegration') : systemName(integration),
    cause,
    q === undefined ? undefined : `${q}…`,
    states.map((state) => label(STATE_WORDS[state])).join(', '),
  ]
  return (
    <>
      {parts.filter(Boolean).join(' · ')}
      {centerId === undefined ? undefined : (
        <>
          {' · '}
          <CenterName id={centerId} />
        </>
      )}
    </>
  )
}

const Actions = ({ redrive: { id, state } }: { redrive: Redrive }) => {
  const { t } = useWords()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (action: 'pause' | 'resume' | 'cancel') => changeRedrive(id, action),
    onSuccess: () => client.invalidateQueries({ queryKey: [LIVE] }),
  })
  if (state !== 'running' && state !== 'paused') return undefined
  const action = state === 'running' ? 'pause' : 'resume'
  const Icon = state === 'running' ? CirclePause : CirclePlay
  return (
    <footer>
      <div className="actions">
        <Button onPress={() => change.mutate(action)} isPending={change.isPending}>
          <Icon size={16} aria-hidden="true" />
          {t(`redrives.${action}`)}
        </Button>
        <CancelRedrive onCancel={() => change.mutateAsync('cancel')} />
      </div>
      {change.error ? <ProblemBox error={change.error} /> : undefined}
    </footer>
  )
}

// One that has ended with failures is no success: it is not green, and says how many.
const StateOfRedrive = ({ redrive: { state, failed } }: { redrive: Redrive }) => {
  const { t, label } = useWords()
  const word = label(REDRIVE_WORDS[state])
  return state === 'done' && failed > 0 ? (
    <span className="badge redrive-paused">{t('redrives.withFailures', { state: word, count: failed })}</span>
  ) : (
    <span className={`badge redrive-${state}`}>{word}</span>
  )
}

/** One redrive: what it sends and why, how far it has got, and the buttons that pause or cancel it. */
export const RedriveCard = ({ redrive }: { redrive: Redrive }) => {
  const words = useWords()
  const { t, duration, dateTime, language } = words
  const now = useNow()
  const { id, state, phase, reason, requestedBy, createdAt, filter } = redrive
  return (
    <article className="card" aria-labelledby={id}>
      <header>
        <div>
          <h3 id={id}>{reasonLabel(reason, language)}</h3>
          <p className="small">
            <Scope filter={filter} />
          </p>
          <p className="small">
            <time dateTime={createdAt} title={dateTime(createdAt)}>
              {t('common.ago', { duration: duration(now - Date.parse(createdAt)) })}
            </time>{' '}
            {t('redrives.by', { by: whoWords(requestedBy, words) })}
            {state === 'running' ? `, ${t(`redrives.${phase}`)}` : ''}
          </p>
        </div>
        <StateOfRedrive redrive={redrive} />
      </header>
      <RedriveProgress redrive={redrive} />
      <ForOperators>
        <Actions redrive={redrive} />
      </ForOperators>
    </article>
  )
}
