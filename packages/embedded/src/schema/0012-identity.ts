import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

/** The identity of the database, in the one row of its table. */
export const identityStep = (db: DatabaseSync): void => {
  db.exec('CREATE TABLE identity (id TEXT NOT NULL) STRICT')
  db.prepare('INSERT INTO identity (id) VALUES (?)').run(randomUUID())
}
