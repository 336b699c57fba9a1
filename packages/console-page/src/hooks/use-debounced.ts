import { useEffect, useState } from 'react'

const DELAY_MS = 250

/** The value once it has stayed the same for a moment: no request for each letter. */
export const useDebounced = <T>(value: T): T => {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => settle(value), DELAY_MS)
    return () => window.clearTimeout(timer)
  }, [value])
  return settled
}
