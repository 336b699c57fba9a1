/** The attempts of each minute and integration. */
export const ATTEMPTS_STEP = `
  CREATE TABLE attempts (
    minute INTEGER NOT NULL,
    integration TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    PRIMARY KEY (minute, integration)
  ) STRICT, WITHOUT ROWID;
`
