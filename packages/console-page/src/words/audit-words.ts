import type { AuditEntry } from '@mensageria/contracts/browser'
import { systemName } from '../format/system-name.ts'
import type { Words } from '../hooks/use-words.ts'

const ACTIONS = [
  'integration.pause',
  'integration.resume',
  'integration.retire',
  'integration.real',
  'redrive.create',
  'redrive.pause',
  'redrive.resume',
  'redrive.cancel',
  'failure-group.note',
] as const

const WHO = { local: 'audit.local', system: 'audit.system' } as const

const isNobody = (actor: string): actor is keyof typeof WHO => Object.hasOwn(WHO, actor)

/** Who did something; what is no account has words. */
export const whoWords = (actor: string, { t }: Pick<Words, 't'>): string =>
  isNobody(actor) ? t(WHO[actor]) : actor

/** An entry of the audit log in words; an action that has none shows its name. */
export const auditWords = ({ actor, action, target }: AuditEntry, words: Pick<Words, 't'>) => {
  const { t } = words
  const known = ACTIONS.find((name) => name === action)
  // An integration's name comes first, with a cause or the id of a redrive. Redrives of release 0.1 have their id alone.
  const [name = '', ...rest] = target.split('/')
  return {
    actor: whoWords(actor, words),
    action: known ? t(`audit.did.${known}`) : action,
    target:
      action.startsWith('redrive.') && rest.length === 0
        ? target
        : [name === '*' ? t('redrives.anyIntegration') : systemName(name), ...rest].join(' · '),
  }
}
