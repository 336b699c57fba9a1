import type { ReactNode } from 'react'
import { useMay } from '../hooks/use-may.ts'

type ForOperatorsProps = { children: ReactNode; otherwise?: ReactNode }

/** What only those can use who may operate: nobody is offered a button that answers "you may not". */
export const ForOperators = ({ children, otherwise }: ForOperatorsProps) =>
  useMay('operate') ? children : otherwise
