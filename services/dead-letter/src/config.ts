import { CloudConfig } from '@mensageria/runtime'

/** Configuration of the dead-letter service by environment variables: what every process of Google Cloud has. */
export const DeadLetterConfig = CloudConfig
