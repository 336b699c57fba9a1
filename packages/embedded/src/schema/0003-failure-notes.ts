/** What people write beside failure groups. */
export const FAILURE_NOTES_STEP = `
  CREATE TABLE failure_notes (
    integration TEXT NOT NULL,
    cause TEXT NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (integration, cause)
  ) STRICT, WITHOUT ROWID;
`
