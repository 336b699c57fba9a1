import { CircleAlert } from 'lucide-react'
import { ApiError } from '../api/request.ts'
import { problemWords } from '../words/problem-words.ts'
import { useWords } from '../hooks/use-words.ts'
import { Button } from './button.tsx'

type ProblemBoxProps = { error: unknown; onRetry?: () => void }

/** Says what went wrong, and offers to try again. */
export const ProblemBox = ({ error, onRetry }: ProblemBoxProps) => {
  const words = useWords()
  // A question is asked again by itself; an order is not.
  const isLost = onRetry === undefined && error instanceof ApiError && error.status === 0
  return (
    <div className="problem" role="alert">
      <CircleAlert aria-hidden="true" size={20} />
      <p>{isLost ? words.t('problem.notSent') : problemWords(error, words)}</p>
      {onRetry ? <Button onPress={onRetry}>{words.t('common.retry')}</Button> : undefined}
    </div>
  )
}
