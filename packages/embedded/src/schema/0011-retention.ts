/** By which time what is kept for a while has expired: one row, from the first purge on. */
export const RETENTION_STEP = `
  CREATE TABLE retention (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
`
