import { useEffect, type ReactNode } from 'react'
import { useWords } from '../hooks/use-words.ts'

type PageHeadProps = { title: string; children?: ReactNode; actions?: ReactNode }

/** The head of a page; its title is the window's, too. */
export const PageHead = ({ title, children, actions }: PageHeadProps) => {
  const { t } = useWords()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {children ? <p className="lead">{children}</p> : undefined}
      </div>
      {actions ? <div className="page-actions">{actions}</div> : undefined}
    </div>
  )
}
