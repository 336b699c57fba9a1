import { AUDIT_WORDS, type AuditEntry } from '@mensageria/contracts/browser'
import type { Words } from '../hooks/use-words.ts'

type AuditWords = Pick<Words, 't' | 'label'> & { systemName: (integration: string) => string }

const WHO = { local: 'audit.local', system: 'audit.system' } as const

const isNobody = (actor: string): actor is keyof typeof WHO => Object.hasOwn(WHO, actor)

/** Who did something; what is no account has words. */
export const whoWords = (actor: string, { t }: Pick<Words, 't'>): string =>
  isNobody(actor) ? t(WHO[actor]) : actor

// An integration's name comes first, with a cause or the id of a redrive. Redrives of release 0.1 have their id alone; a
// center has its id before its name.
const targetWords = (action: string, target: string, { t, systemName }: AuditWords): string => {
  const [first = '', ...rest] = target.split('/')
  if (action.startsWith('redrive.') && rest.length === 0) return target
  if (action.startsWith('center.')) return rest.join('/')
  return [first === '*' ? t('redrives.anyIntegration') : systemName(first), ...rest].join(' · ')
}

/** An entry of the audit log in words. */
export const auditWords = ({ actor, action, target }: AuditEntry, words: AuditWords) => {
  return {
    actor: whoWords(actor, words),
    action: words.label(AUDIT_WORDS[action]),
    target: targetWords(action, target, words),
  }
}
