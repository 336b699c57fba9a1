/** What is accepted and delivered: centers with their events, the messages of the broker, the rows of the ledger. */
export const CORE_STEP = `
  CREATE TABLE centers (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    traceparent TEXT,
    state TEXT NOT NULL,
    city_code TEXT NOT NULL,
    name_key TEXT NOT NULL,
    code_key TEXT,
    tax_id TEXT NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  CREATE INDEX centers_state ON centers (state);
  CREATE INDEX centers_city ON centers (city_code);
  CREATE INDEX centers_name ON centers (name_key);
  CREATE INDEX centers_code ON centers (code_key) WHERE code_key IS NOT NULL;
  CREATE INDEX centers_tax_id ON centers (tax_id);

  CREATE TABLE idempotency (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    revision INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (caller, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX idempotency_expiry ON idempotency (expires_at);

  -- The outbox. An open event has a next look; a closed one has none, and is found by no query but the purge.
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    center_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    center_created_at INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    data TEXT NOT NULL,
    looks INTEGER NOT NULL DEFAULT 0,
    next_look_at INTEGER,
    closed_at INTEGER
  ) STRICT;
  CREATE INDEX events_open ON events (next_look_at) WHERE next_look_at IS NOT NULL;
  CREATE INDEX events_closed ON events (closed_at) WHERE closed_at IS NOT NULL;

  -- One live message per subscription and event; source names the subscription that a dead letter comes from.
  CREATE TABLE messages (
    subscription TEXT NOT NULL,
    event_seq INTEGER NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    source_attempts INTEGER NOT NULL DEFAULT 0,
    published_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    PRIMARY KEY (event_seq, subscription, source)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX messages_due ON messages (subscription, next_at);

  -- Rows in the order in which they were made: those of one commit share pages, which random center ids would not.
  CREATE TABLE deliveries (
    center_id TEXT NOT NULL,
    integration TEXT NOT NULL,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    boot TEXT NOT NULL,
    written_at REAL NOT NULL,
    due_at INTEGER,
    doc TEXT NOT NULL,
    UNIQUE (center_id, integration)
  ) STRICT;
  CREATE INDEX deliveries_due ON deliveries (integration, due_at) WHERE due_at IS NOT NULL;

  CREATE TABLE undecodable_messages (
    seq INTEGER PRIMARY KEY,
    subscription TEXT NOT NULL,
    message_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    attributes TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (subscription, message_id)
  ) STRICT;
  CREATE INDEX undecodable_messages_newest ON undecodable_messages (received_at, seq);

  CREATE TABLE integrations (name TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT, WITHOUT ROWID;
`
