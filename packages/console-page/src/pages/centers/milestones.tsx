import type { Delivery, DistributionCenter } from '@mensageria/contracts/browser'
import { Check, Clock, FilePen, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNow } from '../../hooks/use-now.ts'
import { useWords } from '../../hooks/use-words.ts'

type MilestoneProps = {
  icon: ReactNode
  title: string
  at?: string | undefined
  isDone: boolean
  children?: ReactNode
}

const Milestone = ({ icon, title, at, isDone, children }: MilestoneProps) => {
  const { time, dateTime } = useWords()
  const now = useNow()
  return (
    <li className={isDone ? 'milestone milestone-done' : 'milestone'}>
      <span className="milestone-icon" aria-hidden="true">
        {icon}
      </span>
      <div>
        <strong>{title}</strong>
        {at === undefined ? undefined : (
          <time dateTime={at} title={dateTime(at)}>
            {time(at, now)}
          </time>
        )}
        {children ? <p>{children}</p> : undefined}
      </div>
    </li>
  )
}

/** What has happened to the center as a whole: registered, updated, published, delivered. */
export const Milestones = ({
  center,
  deliveries,
}: {
  center: DistributionCenter
  deliveries: readonly Delivery[]
}) => {
  const { t } = useWords()
  const total = deliveries.length
  // There is no mark of a publication: an event has reached the queues once somebody has taken it up.
  const taken = deliveries.filter(({ state }) => state !== 'waiting')
  const firsts = taken.flatMap(({ firstAttemptAt }) => firstAttemptAt ?? []).toSorted()
  const done = deliveries.filter(({ state }) => state === 'delivered').length
  return (
    <ol className="milestones">
      <Milestone icon={<Check size={16} />} title={t('story.registered')} at={center.createdAt} isDone>
        {t('story.registeredText')}
      </Milestone>
      {center.version > 1 ? (
        <Milestone
          icon={<FilePen size={16} />}
          title={t('story.updated', { version: center.version })}
          at={center.updatedAt}
          isDone
        />
      ) : undefined}
      {taken.length > 0 ? (
        <Milestone icon={<Send size={16} />} title={t('story.published')} at={firsts[0]} isDone>
          {t('story.publishedText', { count: taken.length, total })}
        </Milestone>
      ) : (
        <Milestone icon={<Clock size={16} />} title={t('story.pending')} isDone={false}>
          {t('story.pendingText')}
        </Milestone>
      )}
      <Milestone
        icon={done === total ? <Check size={16} /> : <Clock size={16} />}
        title={done === total ? t('story.deliveredEverywhere') : t('story.deliveredTo', { done, total })}
        isDone={done === total}
      />
    </ol>
  )
}
