import { hasFailure, IS_IN_SCOPE, IS_SAME_FAILURE } from './0007-owed.ts'

const SUCCEEDED = `
  INSERT INTO newest_attempts (integration, failed, success_at) VALUES (new.integration, 0, new.attempted_at)
  ON CONFLICT (integration) DO UPDATE SET failed = 0, success_at = excluded.success_at;`

// A refusal is an answer of a system that works, and what was not called has not failed.
const FAILED = `
  INSERT INTO newest_attempts (integration, failed, failure_at, kind, cause)
  VALUES (new.integration, new.kind NOT IN ('rejected', 'held'), new.attempted_at, new.kind, new.cause)
  ON CONFLICT (integration) DO UPDATE SET
    failed = CASE WHEN excluded.kind IN ('rejected', 'held') THEN failed ELSE 1 END,
    failure_at = excluded.failure_at, kind = excluded.kind, cause = excluded.cause;`

const JOIN_GROUP = `
  INSERT INTO failure_groups (integration, kind, cause, n, first_at, last_at)
  VALUES (new.integration, new.kind, new.cause, 1, new.attempted_at, new.attempted_at)
  ON CONFLICT (integration, kind, cause) DO UPDATE SET
    first_at = CASE WHEN n = 0 THEN excluded.first_at ELSE first_at END,
    n = n + 1, last_at = excluded.last_at;`

/**
 * How the newest attempt of each integration ended, by the order in which the rows were written: the greatest time may be of
 * a clock that had jumped ahead, and would stay the greatest for as long as that jump was. For the same reason the last time
 * of a failure group is the one that was written last, and counters have no time any more.
 */
export const NEWEST_ATTEMPTS_STEP = `
  CREATE TABLE newest_attempts (
    integration TEXT PRIMARY KEY,
    failed INTEGER,
    success_at INTEGER,
    failure_at INTEGER,
    kind TEXT,
    cause TEXT
  ) STRICT, WITHOUT ROWID;

  -- What is stored has no order but its times.
  INSERT INTO newest_attempts (integration, success_at)
    SELECT integration, nullif(max(at), 0) FROM (
      SELECT integration, last_at AS at FROM counters WHERE name = 'delivered'
      UNION ALL SELECT integration, max(attempted_at) FROM deliveries WHERE shown = 'delivered' GROUP BY integration
    ) GROUP BY integration;
  INSERT OR IGNORE INTO newest_attempts (integration) SELECT DISTINCT integration FROM failure_groups;
  UPDATE newest_attempts SET (failure_at, kind, cause) = (
    SELECT last_at, kind, cause FROM failure_groups g WHERE g.integration = newest_attempts.integration
    ORDER BY last_at DESC LIMIT 1);
  UPDATE newest_attempts SET failed = coalesce((
    SELECT max(last_at) FROM failure_groups g
    WHERE g.integration = newest_attempts.integration AND kind NOT IN ('rejected', 'held')), 0) > success_at;
  UPDATE newest_attempts SET failed = 1 WHERE success_at IS NULL AND EXISTS (
    SELECT 1 FROM failure_groups g
    WHERE g.integration = newest_attempts.integration AND kind NOT IN ('rejected', 'held'));

  DROP TRIGGER deliveries_began;
  CREATE TRIGGER deliveries_began AFTER INSERT ON deliveries BEGIN
    UPDATE counters SET n = n - 1
      WHERE name = 'waiting' AND integration = new.integration AND (since = '' OR ${IS_IN_SCOPE});
    UPDATE counters SET n = n + 1
      WHERE name = 'owed' AND integration = new.integration AND since <> '' AND NOT ${IS_IN_SCOPE};
    UPDATE counters SET n = n + 1 WHERE name = new.shown AND integration = new.integration;
  END;
  DROP TRIGGER deliveries_moved;
  CREATE TRIGGER deliveries_moved AFTER UPDATE OF shown ON deliveries WHEN old.shown <> new.shown BEGIN
    UPDATE counters SET n = n - 1 WHERE name = old.shown AND integration = new.integration;
    UPDATE counters SET n = n + 1 WHERE name = new.shown AND integration = new.integration;
  END;

  CREATE TRIGGER attempts_began AFTER INSERT ON deliveries WHEN new.shown = 'delivered' BEGIN ${SUCCEEDED} END;
  CREATE TRIGGER attempts_succeeded AFTER UPDATE OF shown ON deliveries
    WHEN new.shown = 'delivered' AND old.shown <> 'delivered'
  BEGIN ${SUCCEEDED} END;

  DROP TRIGGER failures_began;
  CREATE TRIGGER failures_began AFTER INSERT ON deliveries WHEN ${hasFailure('new')} BEGIN ${JOIN_GROUP} ${FAILED} END;
  DROP TRIGGER failures_came;
  CREATE TRIGGER failures_came AFTER UPDATE OF cause, shown ON deliveries
    WHEN ${hasFailure('new')} AND NOT ${IS_SAME_FAILURE}
  BEGIN ${JOIN_GROUP} ${FAILED} END;
  DROP TRIGGER failures_repeated;
  CREATE TRIGGER failures_repeated AFTER UPDATE OF cause, shown ON deliveries
    WHEN ${IS_SAME_FAILURE} AND old.shown = 'delivering' AND new.shown <> 'delivering'
  BEGIN
    UPDATE failure_groups SET last_at = new.attempted_at
      WHERE integration = new.integration AND kind = new.kind AND cause = new.cause;
    ${FAILED}
  END;
`
