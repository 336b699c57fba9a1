import type { UnreadableMessage } from '@mensageria/contracts/browser'
import { useInfiniteQuery } from '@tanstack/react-query'
import { unreadableMessagesQuery } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { ProblemBox } from '../../components/problem-box.tsx'
import { readRaw } from '../../format/read-raw.ts'
import { useSystemName } from '../../hooks/use-system-name.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useWords } from '../../hooks/use-words.ts'

const Raw = ({ label, text }: { label: string; text: string }) => (
  // What scrolls must be reachable by the keyboard.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <pre className="raw" tabIndex={0} role="region" aria-label={label}>
    {text}
  </pre>
)

const Message = ({ message }: { message: UnreadableMessage }) => {
  const { t, duration, dateTime } = useWords()
  const now = useNow()
  const systemName = useSystemName()
  const { receivedAt, subscription, reason, attributes, data } = message
  const of = `${systemName(subscription)}, ${dateTime(receivedAt)}`
  return (
    <article className="card group group-misconfigured" aria-label={of}>
      <dl className="ages">
        <div>
          <dt>{t('failures.integration')}</dt>
          <dd>{systemName(subscription)}</dd>
        </div>
        <div>
          <dt>{t('failures.received')}</dt>
          <dd>
            <time dateTime={receivedAt} title={dateTime(receivedAt)}>
              {t('common.ago', { duration: duration(now - Date.parse(receivedAt)) })}
            </time>
          </dd>
        </div>
        <div>
          <dt>{t('failures.why')}</dt>
          <dd>{reason}</dd>
        </div>
      </dl>
      <details>
        <summary>{t('failures.content')}</summary>
        <Raw label={t('failures.contentOf', { message: of })} text={readRaw(data)} />
        <p className="small">{t('failures.attributes')}</p>
        <ul className="small">
          {Object.entries(attributes).map(([name, value]) => (
            <li key={name}>
              <code>{name}</code>: {value}
            </li>
          ))}
        </ul>
      </details>
    </article>
  )
}

/** Dead letters that nobody can read, where there are any: they belong to no delivery, so no group of failures has them. */
export const UnreadableMessages = () => {
  const { t } = useWords()
  const query = useInfiniteQuery(unreadableMessagesQuery)
  const messages = query.data?.pages.flatMap(({ items }) => items) ?? []
  if (query.error) return <ProblemBox error={query.error} onRetry={() => void query.refetch()} />
  if (messages.length === 0) return undefined
  return (
    <section className="unreadable" aria-labelledby="unreadable">
      <h2 id="unreadable">{t('failures.unreadable')}</h2>
      <p className="lead">{t('failures.unreadableText')}</p>
      <ul className="groups">
        {messages.map((message) => (
          <li key={`${message.subscription} ${message.receivedAt} ${message.reason}`}>
            <Message message={message} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
          {t('common.more')}
        </Button>
      ) : undefined}
    </section>
  )
}
