import { addTally } from './0004-daily.ts'

/**
 * Names of release 0.2: what was healed is reconciled. Rows are read with either name and written with the new one, so the
 * trigger must not count a version again that the row had under its old name.
 */
export const VOCABULARY_STEP = `
  UPDATE daily SET name = 'reconcile' WHERE name = 'heal';

  DROP TRIGGER daily_tally;
  CREATE TRIGGER daily_tally AFTER UPDATE ON deliveries
    WHEN new.due_at IS NULL AND old.due_at IS NOT NULL OR old.version < new.version
  BEGIN
    ${addTally(
      `coalesce(old.doc ->> ('$.tally.' || key), iif(key = 'reconcile', old.doc ->> '$.tally.heal', NULL), 0)`,
    )}
  END;
`
