/** A row has a failure while it answers for its center's version, as `matches` (core) says it. */
export const hasFailure = (row: 'old' | 'new'): string =>
  `(${row}.cause IS NOT NULL AND ${row}.shown <> 'waiting')`
/** A write that leaves the row's failure what it was. */
export const IS_SAME_FAILURE = `(${hasFailure('old')} AND ${hasFailure('new')}
  AND old.cause = new.cause AND old.kind = new.kind)`

// The same in two triggers: a row that has a failure of this cause joins its group.
const joinGroup = `
  INSERT INTO failure_groups (integration, kind, cause, n, first_at, last_at)
  VALUES (new.integration, new.kind, new.cause, 1, new.attempted_at, new.attempted_at)
  ON CONFLICT (integration, kind, cause) DO UPDATE SET
    first_at = CASE WHEN n = 0 THEN excluded.first_at ELSE first_at END,
    n = n + 1, last_at = max(last_at, excluded.last_at);`

/** Whether the center of a new row is one that the counted integration owes by its time. */
export const IS_IN_SCOPE = `EXISTS (
  SELECT 1 FROM centers WHERE id = new.center_id AND created_at >= CAST(counters.since AS INTEGER))`

/**
 * What is owed as core/search/matches.ts defines it, and the order in which a search gives it: centers by the time at which
 * they were accepted, rows by their last attempt or parking, open events by age. `counters.since` is epoch milliseconds from
 * here on; without one the counter of accepted centers says what is owed. The process that opens the file counts again.
 */
export const OWED_STEP = `
  ALTER TABLE centers ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
  UPDATE centers SET created_at = CAST(round(unixepoch(doc ->> 'createdAt', 'subsec') * 1000) AS INTEGER);
  CREATE INDEX centers_created ON centers (created_at);
  CREATE INDEX events_open_age ON events (seq) WHERE next_look_at IS NOT NULL;

  DROP TRIGGER centers_accepted;
  DROP TRIGGER deliveries_began;
  DROP TRIGGER failures_began;
  DROP TRIGGER failures_ended;
  DROP TRIGGER failures_came;
  DROP TRIGGER failures_repeated;
  DROP INDEX deliveries_shown;
  DROP INDEX deliveries_cause;
  DROP INDEX deliveries_sample;

  UPDATE deliveries SET
    shown = CASE
      WHEN doc ->> 'state' = 'retired' OR version < (SELECT c.version FROM centers c WHERE c.id = center_id) THEN 'waiting'
      ELSE doc ->> 'state' END,
    attempted_at = coalesce(doc ->> 'lastAttemptAt', doc ->> 'parkedAt', 0);

  -- Those that answer, by the time of it; what is not delivered, oldest row first.
  CREATE INDEX deliveries_answered ON deliveries (integration, shown, attempted_at);
  CREATE INDEX deliveries_cause ON deliveries (integration, shown, cause, attempted_at) WHERE cause IS NOT NULL;
  CREATE INDEX deliveries_sample ON deliveries (integration, cause, kind)
    WHERE cause IS NOT NULL AND shown <> 'waiting';
  CREATE INDEX deliveries_undelivered ON deliveries (integration) WHERE shown <> 'delivered';

  UPDATE failure_groups SET n = (SELECT count(*) FROM deliveries d
    WHERE d.integration = failure_groups.integration AND d.cause = failure_groups.cause AND d.kind = failure_groups.kind
      AND d.cause IS NOT NULL AND d.shown <> 'waiting');
  CREATE INDEX failure_groups_empty ON failure_groups (last_at) WHERE n = 0;

  DELETE FROM counters WHERE name = 'owed';
  CREATE TRIGGER centers_accepted AFTER INSERT ON centers BEGIN
    UPDATE counters SET n = n + 1 WHERE name = 'accepted' AND integration = '';
    UPDATE counters SET n = n + 1 WHERE name IN ('owed', 'waiting')
      AND iif(since = '', name = 'waiting', new.created_at >= CAST(since AS INTEGER));
  END;

  -- A center in scope was waiting until now; one from before \`since\` is owed from now on. Without a \`since\` the center need
  -- not be read: this runs for every delivery.
  CREATE TRIGGER deliveries_began AFTER INSERT ON deliveries BEGIN
    UPDATE counters SET n = n - 1
      WHERE name = 'waiting' AND integration = new.integration AND (since = '' OR ${IS_IN_SCOPE});
    UPDATE counters SET n = n + 1
      WHERE name = 'owed' AND integration = new.integration AND since <> '' AND NOT ${IS_IN_SCOPE};
    UPDATE counters SET n = n + 1, last_at = max(last_at, new.attempted_at)
      WHERE name = new.shown AND integration = new.integration;
  END;

  -- Nothing deletes a center or a row. Where something does, the numbers must show it.
  CREATE TRIGGER centers_lost AFTER DELETE ON centers BEGIN
    UPDATE counters SET n = n - 1 WHERE name = 'accepted' AND integration = '';
  END;
  CREATE TRIGGER deliveries_lost AFTER DELETE ON deliveries BEGIN
    UPDATE counters SET n = n - 1 WHERE name = old.shown AND integration = old.integration;
  END;

  CREATE TRIGGER failures_began AFTER INSERT ON deliveries WHEN ${hasFailure('new')} BEGIN ${joinGroup} END;
  CREATE TRIGGER failures_ended AFTER UPDATE OF cause, shown ON deliveries
    WHEN ${hasFailure('old')} AND NOT ${IS_SAME_FAILURE}
  BEGIN
    UPDATE failure_groups SET n = n - 1
      WHERE integration = old.integration AND kind = old.kind AND cause = old.cause;
  END;
  CREATE TRIGGER failures_came AFTER UPDATE OF cause, shown ON deliveries
    WHEN ${hasFailure('new')} AND NOT ${IS_SAME_FAILURE}
  BEGIN ${joinGroup} END;
  CREATE TRIGGER failures_repeated AFTER UPDATE OF cause, shown ON deliveries
    WHEN ${IS_SAME_FAILURE} AND old.shown = 'delivering' AND new.shown <> 'delivering'
  BEGIN
    UPDATE failure_groups SET last_at = max(last_at, new.attempted_at)
      WHERE integration = new.integration AND kind = new.kind AND cause = new.cause;
  END;
`
