import { join } from 'node:path'

/** The repository's list of integrations. A bundle has its copy beside it: scripts/bundle.ts puts another module here. */
export const INTEGRATIONS_FILE = join(
  import.meta.dirname,
  '../../../../terraform/integrations.auto.tfvars.json',
)
