import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Layer } from './layer.ts'

const NODE = 'node:*'
const SQLITE = 'node:sqlite'

// By what lies in it: a new integration is a folder, and nothing here.
const FOLDERS = globSync('services/*/src/integration.ts', { cwd: join(import.meta.dirname, '../..') }).map(
  (file) => dirname(dirname(file)),
)

/** The folders of the integrations by code, whatever they are called. */
export const INTEGRATIONS_BY_CODE: readonly Layer[] = [
  {
    from: FOLDERS,
    may: [
      '@mensageria/contracts',
      '@mensageria/core',
      '@mensageria/runtime',
      '@mensageria/google-cloud/ledger',
      'zod',
    ],
    because:
      'An integration knows its own system and the ledger: no Pub/Sub client (410 ms), no other integration, no simulator.',
  },
  {
    from: FOLDERS.map((folder) => `${folder}/src/simulated.ts`),
    may: ['@mensageria/contracts', '@mensageria/simulator/system', 'zod', NODE],
    never: [SQLITE],
    because:
      'What the simulator answers for a system lies with its integration, and a service that is deployed has none of it.',
  },
]

/** The frame of the simulated systems, for development and tests. */
export const SIMULATOR: readonly Layer[] = [
  {
    from: ['packages/simulator/src'],
    may: ['@mensageria/contracts', '@mensageria/runtime/process', 'fastify', 'zod', NODE],
    never: [SQLITE],
    because:
      'It is the frame of systems of others: it must not know how we deliver to them. It is a process like ours, and has their log.',
  },
  {
    from: ['packages/simulator/src/main.ts', 'packages/simulator/src/listed.ts'],
    may: [
      'packages/simulator/src',
      '@mensageria/contracts',
      '@mensageria/runtime',
      '@mensageria/runtime/process',
      'zod',
    ],
    because:
      'It reads the list of integrations, to play the system of each; a process that has the list does not load it.',
  },
]
