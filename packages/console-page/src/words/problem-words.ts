import { ApiError } from '../api/request.ts'
import type { Words } from '../hooks/use-words.ts'

const BY_TYPE = {
  'already-delivered': 'alreadyDelivered',
  'already-in-redrive': 'alreadyInRedrive',
  'redrive-ended': 'redriveEnded',
  'distribution-center-exists': 'centerExists',
} as const

const BY_STATUS = {
  0: 'network',
  401: 'signIn',
  403: 'forbidden',
  404: 'notFound',
  429: 'tooMany',
  503: 'unavailable',
} as const

const isKeyOf = <T extends object>(key: PropertyKey, table: T): key is keyof T => Object.hasOwn(table, key)

/** Says what went wrong in words that a person can act on. */
export const problemWords = (error: unknown, { t }: Pick<Words, 't'>): string => {
  if (!(error instanceof ApiError)) return t('problem.other', { status: '?' })
  const slug = error.problem?.type.split(':').at(-1) ?? ''
  if (isKeyOf(slug, BY_TYPE)) return t(`problem.${BY_TYPE[slug]}`)
  if (isKeyOf(error.status, BY_STATUS)) return t(`problem.${BY_STATUS[error.status]}`)
  if (error.status === 400) return t('problem.invalid', { detail: error.message })
  return t('problem.other', { status: error.status })
}
