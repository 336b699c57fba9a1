import { useWords } from '../hooks/use-words.ts'

/** Stands where something is still being loaded. */
export const Loading = () => {
  const { t } = useWords()
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{t('common.loading')}</span>
      <span className="skeleton" aria-hidden="true" />
      <span className="skeleton" aria-hidden="true" />
      <span className="skeleton" aria-hidden="true" />
    </div>
  )
}
