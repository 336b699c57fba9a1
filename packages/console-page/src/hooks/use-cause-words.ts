import { explainCause } from '../words/explain-cause.ts'
import { useWords } from './use-words.ts'

/** The words for a cause, and what to do about it. */
export const useCauseWords = () => {
  const { t } = useWords()
  return (cause: string, kind: string): { title: string; advice: string } => {
    const { key, status, code } = explainCause(cause, kind)
    return { title: t(`cause.${key}`, { status, code }), advice: t(`advice.${key}`) }
  }
}
