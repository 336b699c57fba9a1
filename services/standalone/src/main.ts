import { openEmbedded } from '@mensageria/embedded'
import { run } from './run.ts'

await run({ openEngine: openEmbedded })
