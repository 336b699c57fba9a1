import type { DatabaseSync } from 'node:sqlite'
import { CORE_STEP } from './0001-core.ts'
import { OPERATIONS_STEP } from './0002-operations.ts'
import { FAILURE_NOTES_STEP } from './0003-failure-notes.ts'
import { DAILY_STEP } from './0004-daily.ts'
import { ATTEMPTS_STEP } from './0005-attempts.ts'
import { VOCABULARY_STEP } from './0006-vocabulary.ts'

// One step per release of the schema; `user_version` counts the steps that a file has had. Never edit a released step.
const MIGRATIONS = [
  CORE_STEP,
  OPERATIONS_STEP,
  FAILURE_NOTES_STEP,
  DAILY_STEP,
  ATTEMPTS_STEP,
  VOCABULARY_STEP,
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
    db.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${index + 1}; COMMIT`)
  }
}
