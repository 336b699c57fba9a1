/**
 * Which rows a simulator has settled. What is there already carries no mark: nobody knows who answered for it, so it counts as
 * delivered to a real system, which no start without an address may take for a trial.
 */
export const SIMULATED_STEP = `
  ALTER TABLE deliveries ADD COLUMN simulated INTEGER;
  CREATE INDEX deliveries_simulated ON deliveries (integration) WHERE simulated = 1;

  INSERT INTO integrations (name, doc)
    SELECT DISTINCT integration, '{"real":{"since":0}}' FROM deliveries WHERE true
    ON CONFLICT (name) DO UPDATE SET doc = json_set(doc, '$.real', json('{"since":0}'));
`
