import type { DatabaseSync } from 'node:sqlite'
import { CORE_STEP } from './0001-core.ts'
import { OPERATIONS_STEP } from './0002-operations.ts'
import { FAILURE_NOTES_STEP } from './0003-failure-notes.ts'
import { DAILY_STEP } from './0004-daily.ts'
import { ATTEMPTS_STEP } from './0005-attempts.ts'
import { VOCABULARY_STEP } from './0006-vocabulary.ts'
import { OWED_STEP } from './0007-owed.ts'
import { redriveLanesStep } from './0008-redrive-lanes.ts'
import { NEWEST_ATTEMPTS_STEP } from './0009-newest-attempts.ts'
import { SIMULATED_STEP } from './0010-simulated.ts'
import { RETENTION_STEP } from './0011-retention.ts'
import { identityStep } from './0012-identity.ts'
import { CENTER_ACTOR_STEP } from './0013-center-actor.ts'

/** SQL, or what SQL cannot say; it runs inside a transaction. */
type Step = string | ((db: DatabaseSync) => void)

// `user_version` counts the steps that a file has had. Never edit a released step.
const MIGRATIONS: readonly Step[] = [
  CORE_STEP,
  OPERATIONS_STEP,
  FAILURE_NOTES_STEP,
  DAILY_STEP,
  ATTEMPTS_STEP,
  VOCABULARY_STEP,
  OWED_STEP,
  redriveLanesStep,
  NEWEST_ATTEMPTS_STEP,
  SIMULATED_STEP,
  RETENTION_STEP,
  identityStep,
  CENTER_ACTOR_STEP,
]

/** The schema of a file is newer than this program knows. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError'
}

/** Brings the schema up to date, each step in a transaction of its own. */
export const migrate = (db: DatabaseSync): void => {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
  if (version > MIGRATIONS.length) throw new NewerSchemaError(`The schema has version ${version}`)
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue
    db.exec('BEGIN IMMEDIATE')
    if (typeof step === 'string') db.exec(step)
    else step(db)
    db.exec(`PRAGMA user_version = ${index + 1}; COMMIT`)
  }
}
