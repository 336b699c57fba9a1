/**
 * Who made the version of a center that is stored; null where a release before this one wrote it. With it there is an audit
 * entry for each version, so entries and redrives that have ended are found by their time, to be purged.
 */
export const CENTER_ACTOR_STEP = `
  ALTER TABLE centers ADD COLUMN actor TEXT;
  CREATE INDEX audit_at ON audit (doc ->> '$.at');
  CREATE INDEX redrive_headers_created ON redrive_headers (doc ->> '$.createdAt') WHERE open = 0;
`
