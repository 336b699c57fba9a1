const DAY_OF_CENTER = `substr(new.doc ->> 'updatedAt', 1, 10)`
const DAY_OF_ROW = `date(new.attempted_at / 1000, 'unixepoch')`

// `select` gives rows of (day, name, integration, n).
const add = (select: string): string => `
  INSERT INTO daily (day, name, integration, n) ${select}
  ON CONFLICT (day, name, integration) DO UPDATE SET n = n + excluded.n;`

const addCenter = (name: string): string => add(`SELECT ${DAY_OF_CENTER}, '${name}', '', 1 WHERE true`)

/** What the counts of a row (`tally`) have more than `before`, by their names. */
export const addTally = (before: string): string =>
  add(`SELECT ${DAY_OF_ROW}, key, new.integration, value - ${before}
    FROM json_each(new.doc, '$.tally') WHERE value > ${before}`)

/**
 * What happened on each day (UTC), kept by triggers in the commits that did it: what a row's tally has more than before. It
 * grows where a version is delivered, which closes the row, and where a newer one takes its place.
 */
export const DAILY_STEP = `
  CREATE TABLE daily (
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    integration TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (day, name, integration)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER daily_registered AFTER INSERT ON centers BEGIN
    ${addCenter('registered')}
  END;
  CREATE TRIGGER daily_updated AFTER UPDATE OF version ON centers WHEN old.version < new.version BEGIN
    ${addCenter('updated')}
  END;
  CREATE TRIGGER daily_first_tally AFTER INSERT ON deliveries WHEN new.version > 1 BEGIN
    ${addTally('0')}
  END;
  CREATE TRIGGER daily_tally AFTER UPDATE ON deliveries
    WHEN new.due_at IS NULL AND old.due_at IS NOT NULL OR old.version < new.version
  BEGIN
    ${addTally(`coalesce(old.doc ->> ('$.tally.' || key), 0)`)}
  END;
`
