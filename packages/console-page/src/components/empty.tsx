import { Inbox } from 'lucide-react'
import type { ReactNode } from 'react'

/** Stands where a list would be. */
export const Empty = ({ text, children }: { text: string; children?: ReactNode }) => (
  <div className="empty">
    <Inbox size={28} aria-hidden="true" />
    <p>{text}</p>
    {children}
  </div>
)
