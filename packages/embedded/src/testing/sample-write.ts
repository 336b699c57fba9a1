import { toEvent } from '@mensageria/contracts'
import { center as sample } from '@mensageria/contracts/samples'
import type { CenterWrite } from '@mensageria/core'

export const SAMPLE_TIME = Date.parse(sample.createdAt)

/** The commit of a version of center number `n`. */
export const writeOf = (n: number, version = 1): CenterWrite => {
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const center = { ...sample, id, version, name: `CD ${n}` }
  return {
    stored: { center, requestId: `request-${n}-${version}`, traceparent: undefined, actor: 'local' },
    event: toEvent(center, undefined),
  }
}
