import type { AcceptedCenter } from '@mensageria/contracts'
import { CircleCheck } from 'lucide-react'
import { ApiError } from '../../api/request.ts'
import { Button, ButtonLink, Link } from '../../components/button.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { ProblemBox } from '../../components/problem-box.tsx'
import { useWords } from '../../hooks/use-words.ts'
import { placeOfCenter } from '../../places.ts'

type RegisteredProps = { center: AcceptedCenter; isNew: boolean; onAgain: () => void }

/** Says that a center is accepted, and where to see what becomes of it. */
export const Registered = ({ center, isNew, onAgain }: RegisteredProps) => {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('register.title')} />
      <div className="panel registered" role="status">
        <CircleCheck size={36} aria-hidden="true" />
        <h2>{t('register.done')}</h2>
        <p>{isNew ? t('register.doneText', { name: center.name }) : t('register.same')}</p>
        <div className="actions">
          <ButtonLink look="primary" href={placeOfCenter(center.id)}>
            {t('register.seeStory')}
          </ButtonLink>
          <Button onPress={onAgain}>{t('register.another')}</Button>
        </div>
      </div>
    </>
  )
}

/** Says why a registration is invalid; where a center stands in the way, it leads there. */
export const RegistrationProblem = ({ error }: { error: unknown }) => {
  const { t } = useWords()
  const existing = error instanceof ApiError ? error.problem?.existing : undefined
  return (
    <>
      <ProblemBox error={error} />
      {existing ? <Link href={placeOfCenter(existing.id)}>{t('register.seeExisting')}</Link> : undefined}
    </>
  )
}
