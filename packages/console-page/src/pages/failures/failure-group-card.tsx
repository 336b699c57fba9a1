import { KIND_WORDS, type FailureGroup } from '@mensageria/contracts/browser'
import { ListTree, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { CenterName } from '../../components/center-name.tsx'
import { ForOperators } from '../../components/for-operators.tsx'
import { RedriveDialog } from '../../components/redrive-dialog.tsx'
import { useSystemName } from '../../hooks/use-system-name.ts'
import { useCauseWords } from '../../hooks/use-cause-words.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useWords } from '../../hooks/use-words.ts'
import { GroupDeliveries } from './group-deliveries.tsx'
import { NoteDialog } from './note-dialog.tsx'

const When = ({ label, at }: { label: string; at: string }) => {
  const { t, duration, dateTime } = useWords()
  const now = useNow()
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <time dateTime={at} title={dateTime(at)}>
          {t('common.ago', { duration: duration(now - Date.parse(at)) })}
        </time>
      </dd>
    </div>
  )
}

const Facts = ({ group }: { group: FailureGroup }) => {
  const { t } = useWords()
  const { sample, firstAt, lastAt } = group
  return (
    <dl className="ages">
      <When label={t('failures.first')} at={firstAt} />
      <When label={t('failures.last')} at={lastAt} />
      <div>
        <dt>{t('failures.sample')}</dt>
        <dd>
          <CenterName id={sample.centerId} />
          <small>{sample.message}</small>
        </dd>
      </div>
    </dl>
  )
}

const InCare = ({ owner }: { owner: string | undefined }) => {
  const { t } = useWords()
  return owner === undefined ? undefined : <span className="small">{t('failures.inCare', { owner })}</span>
}

/** The deliveries that fail for one cause: how many, since when, what to do, and the buttons to do it. */
export const FailureGroupCard = ({ group }: { group: FailureGroup }) => {
  const { t, label } = useWords()
  const words = useCauseWords()
  const systemName = useSystemName()
  const [isOpen, open] = useState(false)
  const { integration, kind, cause, count } = group
  const { title, advice } = words(integration, cause, kind)
  const id = `${integration}-${kind}-${cause}`
  const needsPerson = kind === 'rejected' || kind === 'misconfigured'
  return (
    <article className={`card group group-${kind}`} aria-labelledby={id}>
      <header>
        <div>
          <p className="small">
            {systemName(integration)} · {label(KIND_WORDS[kind])} · <code>{cause}</code>
          </p>
          <h2 id={id}>{title}</h2>
        </div>
        <p className="count">{t('failures.count', { count })}</p>
      </header>
      <p className={needsPerson ? 'advice advice-person' : 'advice'}>
        <strong>{needsPerson ? t('failures.person') : t('failures.automatic')}.</strong> {advice}
      </p>
      <Facts group={group} />
      {group.note === undefined ? undefined : <p className="note">{group.note}</p>}
      <footer>
        <div className="actions">
          <Button onPress={() => open(!isOpen)} aria-expanded={isOpen}>
            <ListTree size={16} aria-hidden="true" />
            {isOpen ? t('failures.hide') : t('failures.show')}
          </Button>
          <ForOperators otherwise={<InCare owner={group.owner} />}>
            <RedriveDialog
              title={t('redrives.ofGroup', { integration: systemName(integration), cause: title })}
              filter={{ integration, kind, cause, states: ['retrying', 'parked', 'rejected'] }}
              trigger={
                <Button look={needsPerson ? 'primary' : 'plain'}>
                  <RotateCw size={16} aria-hidden="true" />
                  {t('failures.redrive')}
                </Button>
              }
            />
            <NoteDialog group={group} />
          </ForOperators>
        </div>
      </footer>
      {isOpen ? <GroupDeliveries group={group} /> : undefined}
    </article>
  )
}
