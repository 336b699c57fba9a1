import type { Attempt, FailureKind } from './delivery.ts'
import type { AuditAction, Integration, Redrive, ShownState } from './operations.ts'

// The one table of what people read for a state, a kind of failure, a health, a result and a trigger. The CLI and the page
// take their words from here; docs/vocabulary.md says what each of them means.

/** What people read, as it stands alone; `ptMany` is the Portuguese of several, where it differs. English never does. */
export type Words = { en: string; pt: string; ptMany?: string }

/** Why an integration is asked for a delivery: the broker pushes, or the sweeper has a reason of its own. */
export type TriggerKind = 'push' | 'recovery' | 'reconcile' | 'redrive'

/** States of a delivery, `waiting` included. */
export const STATE_WORDS: Readonly<Record<ShownState, Words>> = {
  waiting: { en: 'Waiting', pt: 'Aguardando' },
  delivering: { en: 'Delivering', pt: 'Enviando' },
  retrying: { en: 'Retrying', pt: 'Tentando de novo' },
  parked: { en: 'Parked', pt: 'Retida', ptMany: 'Retidas' },
  rejected: { en: 'Rejected', pt: 'Recusada', ptMany: 'Recusadas' },
  delivered: { en: 'Delivered', pt: 'Entregue', ptMany: 'Entregues' },
}

/** Kinds of failure. */
export const KIND_WORDS: Readonly<Record<FailureKind, Words>> = {
  transient: { en: 'Temporary failure', pt: 'Falha temporária' },
  misconfigured: { en: 'Configuration error', pt: 'Erro de configuração' },
  rejected: { en: 'Rejected', pt: 'Recusada' },
  unknown: { en: 'Outcome unknown', pt: 'Resultado incerto' },
  held: { en: 'Not called', pt: 'Não enviada' },
}

/** Health of an integration. */
export const HEALTH_WORDS: Readonly<Record<Integration['health'], Words>> = {
  healthy: { en: 'Healthy', pt: 'No ar' },
  failing: { en: 'Failing', pt: 'Falhando' },
  down: { en: 'Down', pt: 'Fora do ar' },
  recovering: { en: 'Recovering', pt: 'Voltando' },
  paused: { en: 'Paused', pt: 'Em pausa' },
}

/** How an integration comes to its system: by code of its own, or by the kind of a destination. */
export const INTEGRATION_KIND_WORDS: Readonly<Record<Integration['kind'], Words>> = {
  code: { en: 'By code', pt: 'Por código' },
  webhook: { en: 'Webhook', pt: 'Webhook' },
  rabbitmq: { en: 'RabbitMQ', pt: 'RabbitMQ' },
  kafka: { en: 'Kafka', pt: 'Kafka' },
  sns: { en: 'Amazon SNS', pt: 'Amazon SNS' },
  sqs: { en: 'Amazon SQS', pt: 'Amazon SQS' },
  pubsub: { en: 'Google Pub/Sub', pt: 'Google Pub/Sub' },
}

/** What stands beside the state of a delivery, or the health of a system, that a simulator answers for. */
export const SIMULATED_WORDS: Words = { en: 'Simulated', pt: 'Simulador' }

/** States of a redrive. */
export const REDRIVE_WORDS: Readonly<Record<Redrive['state'], Words>> = {
  running: { en: 'Running', pt: 'Em andamento' },
  paused: { en: 'Paused', pt: 'Em pausa' },
  cancelled: { en: 'Cancelled', pt: 'Cancelado' },
  done: { en: 'Done', pt: 'Concluído' },
}

/** What somebody did, as the audit log names it. */
export const AUDIT_WORDS: Readonly<Record<AuditAction, Words>> = {
  'center.register': { en: 'Registered a center', pt: 'Cadastrou um centro' },
  'center.update': { en: 'Changed a center', pt: 'Alterou um centro' },
  'failure-group.note': { en: 'Set owner and note of a failure', pt: 'Definiu o responsável por uma falha' },
  'integration.pause': { en: 'Paused a system', pt: 'Pausou um sistema' },
  'integration.real': {
    en: 'Put a real system in the place of the simulator',
    pt: 'Pôs um sistema real no lugar do simulador',
  },
  'integration.resume': { en: 'Resumed a system', pt: 'Retomou um sistema' },
  'integration.retire': {
    en: 'Closed what a removed system still owed',
    pt: 'Encerrou o que um sistema removido ainda devia',
  },
  'redrive.cancel': { en: 'Cancelled a redrive', pt: 'Cancelou um reenvio' },
  'redrive.create': { en: 'Asked for a redrive', pt: 'Pediu um reenvio' },
  'redrive.pause': { en: 'Paused a redrive', pt: 'Pausou um reenvio' },
  'redrive.resume': { en: 'Resumed a redrive', pt: 'Retomou um reenvio' },
}

/** Results of an attempt: delivered, or the kind of its failure. */
export const RESULT_WORDS: Readonly<Record<Attempt['result'], Words>> = {
  delivered: STATE_WORDS.delivered,
  transient: KIND_WORDS.transient,
  misconfigured: KIND_WORDS.misconfigured,
  rejected: KIND_WORDS.rejected,
  unknown: KIND_WORDS.unknown,
}

/** Triggers of an attempt. */
export const TRIGGER_WORDS: Readonly<Record<TriggerKind, Words>> = {
  push: { en: 'From the queue', pt: 'Pela fila' },
  recovery: { en: 'By recovery', pt: 'Pela recuperação' },
  reconcile: { en: 'By reconciliation', pt: 'Automática' },
  redrive: { en: 'By redrive', pt: 'Por reenvio' },
}

const isTrigger = (name: string): name is TriggerKind => Object.hasOwn(TRIGGER_WORDS, name)

/** The words of an attempt's trigger, as the API names it: `redrive:ID` for a redrive. A name that is not known is a push. */
export const triggerWords = (trigger: string): Words => {
  const [name = ''] = trigger.split(':')
  return TRIGGER_WORDS[isTrigger(name) ? name : 'push']
}

/** The words in a language (a BCP 47 tag) as they stand alone; what is not Portuguese reads English. */
export const labelOf = ({ en, pt }: Words, language: string): string => (language.startsWith('pt') ? pt : en)

/** The same for several of them. */
export const labelOfMany = ({ en, pt, ptMany = pt }: Words, language: string): string =>
  language.startsWith('pt') ? ptMany : en

/** Why the system did something in its own name, as the audit log and redrives keep it (`en`); a count may follow. */
export const SYSTEM_REASONS = {
  listChanged: {
    en: 'The list of integrations has changed: brings every owed center that waits',
    pt: 'A lista de integrações mudou: leva todo centro previsto que aguarda',
  },
  simulatorGone: {
    en: 'A real system takes the place of the simulator: brings every owed center that waits',
    pt: 'Um sistema real entra no lugar do simulador: leva todo centro previsto que aguarda',
  },
  becomesReal: {
    en: 'A real system takes the place of the simulator: what that took waits again',
    pt: 'Um sistema real entra no lugar do simulador: o que o simulador recebeu volta a aguardar',
  },
  retired: {
    en: 'It is not in the list of integrations any more; open deliveries closed:',
    pt: 'Não está mais na lista de integrações; entregas pendentes encerradas:',
  },
} as const satisfies Record<string, Words>

/** A reason in a language: what people wrote as they wrote it, what the system says in its words. */
export const reasonLabel = (reason: string, language: string): string => {
  const words = Object.values(SYSTEM_REASONS).find(({ en }) => reason.startsWith(en))
  return words ? labelOf(words, language) + reason.slice(words.en.length) : reason
}

/** A label as it stands within a sentence or a table of the CLI: it begins in lower case. */
export const toPhrase = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1)
