const SHOWN = `CASE WHEN version < (SELECT version FROM centers WHERE id = center_id) THEN 'waiting' ELSE doc ->> 'state' END`

// The same in three triggers: a row that has a failure of this cause joins its group.
const joinGroup = `
  INSERT INTO failure_groups (integration, kind, cause, n, first_at, last_at)
  VALUES (new.integration, new.kind, new.cause, 1, new.attempted_at, new.attempted_at)
  ON CONFLICT (integration, kind, cause) DO UPDATE SET
    first_at = CASE WHEN n = 0 THEN excluded.first_at ELSE first_at END,
    n = n + 1, last_at = max(last_at, excluded.last_at);`

/**
 * What people ask for: deliveries by state and cause, counters and failure groups kept by triggers, redrives, the audit
 * log. A delivery is shown as `waiting` while it is below its center's version.
 */
export const OPERATIONS_STEP = `
  ALTER TABLE deliveries ADD COLUMN shown TEXT NOT NULL DEFAULT '';
  ALTER TABLE deliveries ADD COLUMN kind TEXT;
  ALTER TABLE deliveries ADD COLUMN cause TEXT;
  ALTER TABLE deliveries ADD COLUMN attempted_at INTEGER NOT NULL DEFAULT 0;
  UPDATE deliveries SET shown = ${SHOWN}, kind = doc ->> '$.lastFailure.kind', cause = doc ->> '$.lastFailure.cause',
    attempted_at = coalesce(doc ->> 'lastAttemptAt', 0);
  CREATE INDEX deliveries_shown ON deliveries (integration, shown);
  CREATE INDEX deliveries_cause ON deliveries (integration, shown, cause) WHERE cause IS NOT NULL;
  CREATE INDEX deliveries_sample ON deliveries (integration, cause, kind) WHERE cause IS NOT NULL;

  -- One row for each name and integration ('' for the whole); since is when the integration's own centers begin.
  CREATE TABLE counters (
    name TEXT NOT NULL,
    integration TEXT NOT NULL,
    since TEXT NOT NULL DEFAULT '',
    n INTEGER NOT NULL DEFAULT 0,
    last_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (name, integration)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO counters (name, integration, n) VALUES
    ('accepted', '', (SELECT count(*) FROM centers)),
    ('openEvents', '', (SELECT count(*) FROM events WHERE next_look_at IS NOT NULL));

  CREATE TRIGGER centers_accepted AFTER INSERT ON centers BEGIN
    UPDATE counters SET n = n + 1 WHERE name = 'accepted' AND integration = '';
    UPDATE counters SET n = n + 1
      WHERE name IN ('owed', 'waiting') AND (since = '' OR since <= new.doc ->> 'createdAt');
  END;
  CREATE TRIGGER centers_changed AFTER UPDATE OF version ON centers WHEN old.version < new.version BEGIN
    UPDATE deliveries SET shown = 'waiting' WHERE center_id = new.id AND version < new.version;
  END;
  CREATE TRIGGER events_opened AFTER INSERT ON events WHEN new.next_look_at IS NOT NULL BEGIN
    UPDATE counters SET n = n + 1 WHERE name = 'openEvents' AND integration = '';
  END;
  CREATE TRIGGER events_closed AFTER UPDATE OF next_look_at ON events
    WHEN old.next_look_at IS NOT NULL AND new.next_look_at IS NULL
  BEGIN
    UPDATE counters SET n = n - 1 WHERE name = 'openEvents' AND integration = '';
  END;

  -- A center of its own was waiting until now; one from before its time is owed from now on. Where there is no such time
  -- the center need not be looked up: this runs for every delivery.
  CREATE TRIGGER deliveries_began AFTER INSERT ON deliveries BEGIN
    UPDATE counters SET n = n - 1 WHERE name = 'waiting' AND integration = new.integration AND (since = '' OR EXISTS (
      SELECT 1 FROM centers WHERE id = new.center_id AND since <= doc ->> 'createdAt'));
    UPDATE counters SET n = n + 1 WHERE name = 'owed' AND integration = new.integration AND since <> '' AND NOT EXISTS (
      SELECT 1 FROM centers WHERE id = new.center_id AND since <= doc ->> 'createdAt');
    UPDATE counters SET n = n + 1, last_at = max(last_at, new.attempted_at)
      WHERE name = new.shown AND integration = new.integration;
  END;
  CREATE TRIGGER deliveries_moved AFTER UPDATE OF shown ON deliveries WHEN old.shown <> new.shown BEGIN
    UPDATE counters SET n = n - 1 WHERE name = old.shown AND integration = new.integration;
    UPDATE counters SET n = n + 1, last_at = max(last_at, new.attempted_at)
      WHERE name = new.shown AND integration = new.integration;
  END;

  -- Groups that are empty stay: they remember when their failure came last.
  CREATE TABLE failure_groups (
    integration TEXT NOT NULL,
    kind TEXT NOT NULL,
    cause TEXT NOT NULL,
    n INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (integration, kind, cause)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO failure_groups (integration, kind, cause, n, first_at, last_at)
    SELECT integration, kind, cause, count(*), min(attempted_at), max(attempted_at) FROM deliveries
    WHERE cause IS NOT NULL GROUP BY integration, kind, cause;
  CREATE TRIGGER failures_began AFTER INSERT ON deliveries WHEN new.cause IS NOT NULL BEGIN ${joinGroup} END;
  CREATE TRIGGER failures_ended AFTER UPDATE OF cause ON deliveries
    WHEN old.cause IS NOT NULL AND (old.cause IS NOT new.cause OR old.kind IS NOT new.kind)
  BEGIN
    UPDATE failure_groups SET n = n - 1
      WHERE integration = old.integration AND kind = old.kind AND cause = old.cause;
  END;
  CREATE TRIGGER failures_came AFTER UPDATE OF cause ON deliveries
    WHEN new.cause IS NOT NULL AND (old.cause IS NOT new.cause OR old.kind IS NOT new.kind)
  BEGIN ${joinGroup} END;
  CREATE TRIGGER failures_repeated AFTER UPDATE OF cause ON deliveries
    WHEN new.cause IS NOT NULL AND old.cause = new.cause AND old.kind = new.kind
      AND old.shown = 'delivering' AND new.shown <> 'delivering'
  BEGIN
    UPDATE failure_groups SET last_at = max(last_at, new.attempted_at)
      WHERE integration = new.integration AND kind = new.kind AND cause = new.cause;
  END;

  -- One that has something left to do is active; the others are found by no query but the list.
  CREATE TABLE redrives (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    active INTEGER,
    doc TEXT NOT NULL
  ) STRICT;
  CREATE INDEX redrives_active ON redrives (active) WHERE active IS NOT NULL;

  CREATE TABLE audit (seq INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT;
`
