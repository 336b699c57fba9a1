import { useQuery } from '@tanstack/react-query'
import { integrationsQuery } from '../api/queries.ts'
import { explainCause } from '../words/explain-cause.ts'
import { useWords } from './use-words.ts'

/** The words for a cause at an integration, and what to do about it. */
export const useCauseWords = () => {
  const { t } = useWords()
  const { data } = useQuery(integrationsQuery)
  return (integration: string, cause: string, kind: string): { title: string; advice: string } => {
    const { key, status, code } = explainCause(cause, kind)
    const { displayName = integration, target = displayName } =
      data?.find(({ name }) => name === integration) ?? {}
    return { title: t(`cause.${key}`, { status, code, target }), advice: t(`advice.${key}`, { target }) }
  }
}
