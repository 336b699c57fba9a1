import { useQuery } from '@tanstack/react-query'
import { CircleUser } from 'lucide-react'
import { meQuery } from '../../api/queries.ts'
import { useWords } from '../../hooks/use-words.ts'

/** The account that is signed in, and whether it may only look; nothing where nobody signs in. */
export const WhoAmI = () => {
  const { t } = useWords()
  const { data: me } = useQuery(meQuery)
  if (!me?.signedIn) return undefined
  const onlyLooks = !me.roles.some((role) => role !== 'read')
  return (
    <p className="who">
      <CircleUser size={16} aria-hidden="true" />
      <span>
        <span className="who-id" title={me.id}>
          {me.id}
        </span>
        {onlyLooks ? <small>{t('app.onlyLooks')}</small> : undefined}
      </span>
    </p>
  )
}
