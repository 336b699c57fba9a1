import type { FailedOutcome } from '@mensageria/core'

type Kind = FailedOutcome['kind']

/**
 * The error codes of the protocol that can meet a producer (kafka.apache.org/protocol, Error Codes), by what they prove. A code
 * that is not here belongs to consumers, transactions or the cluster's own work, and proves nothing.
 */
export const CODES: Readonly<Record<Kind, readonly string[]>> = {
  /** The broker refuses this record for its size; nothing of the batch is written. */
  rejected: ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'],
  /** Nothing is written until a person changes something: topic, rights, sign-in, or a rule of the topic. */
  misconfigured: [
    'UNKNOWN_TOPIC_OR_PARTITION',
    'INVALID_TOPIC_EXCEPTION',
    'TOPIC_AUTHORIZATION_FAILED',
    'CLUSTER_AUTHORIZATION_FAILED',
    'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
    'DELEGATION_TOKEN_AUTHORIZATION_FAILED',
    'SASL_AUTHENTICATION_FAILED',
    'UNSUPPORTED_SASL_MECHANISM',
    'ILLEGAL_SASL_STATE',
    'SECURITY_DISABLED',
    'INVALID_RECORD',
    'INVALID_TIMESTAMP',
    'POLICY_VIOLATION',
    'INVALID_REQUEST',
    'INVALID_REQUIRED_ACKS',
    'UNSUPPORTED_VERSION',
    'UNSUPPORTED_COMPRESSION_TYPE',
    'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  ],
  /** Nothing is written, and it passes by itself. */
  transient: [
    'CORRUPT_MESSAGE',
    'LEADER_NOT_AVAILABLE',
    'BROKER_NOT_AVAILABLE',
    'REPLICA_NOT_AVAILABLE',
    'LISTENER_NOT_FOUND',
    'FENCED_LEADER_EPOCH',
    'UNKNOWN_LEADER_EPOCH',
    'UNKNOWN_TOPIC_ID',
    'INCONSISTENT_TOPIC_ID',
    'COORDINATOR_LOAD_IN_PROGRESS',
    'COORDINATOR_NOT_AVAILABLE',
    'NOT_COORDINATOR',
    'NOT_CONTROLLER',
    'NOT_ENOUGH_REPLICAS',
    'THROTTLING_QUOTA_EXCEEDED',
    'OPERATION_NOT_ATTEMPTED',
    // The broker does not accept our producer id or its sequence; the next batch has a new id.
    'OUT_OF_ORDER_SEQUENCE_NUMBER',
    'UNKNOWN_PRODUCER_ID',
    'INVALID_PRODUCER_EPOCH',
    'INVALID_PRODUCER_ID_MAPPING',
    'PRODUCER_FENCED',
  ],
  /** The leader may have written the batch. */
  unknown: [
    'REQUEST_TIMED_OUT',
    'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
    // Also the answer of a leader that lost its office after it had written, and before its followers had.
    'NOT_LEADER_OR_FOLLOWER',
    'DUPLICATE_SEQUENCE_NUMBER',
    'KAFKA_STORAGE_ERROR',
    'NETWORK_EXCEPTION',
    'UNKNOWN_SERVER_ERROR',
  ],
}

const ALL: readonly Kind[] = ['rejected', 'misconfigured', 'transient', 'unknown']
const KINDS: ReadonlyMap<string, Kind> = new Map(
  ALL.flatMap((kind) => CODES[kind].map((code) => [code, kind] as const)),
)

/** What the answer with this code proves about a batch that was sent; of one that was not, nothing can be written. */
export const kindOf = (code: string, sent: boolean): Kind => {
  const kind = KINDS.get(code) ?? 'unknown'
  return kind === 'unknown' && !sent ? 'transient' : kind
}
