// The layers of the system as data: who may import whom, and why. scripts/check-layers.ts holds every import of every file
// against it, types included. A new package or service gets its name into one row here; the rooms of the core have theirs in layers/core-rooms.ts.

import { CORE } from './layers/core-rooms.ts'
import { DESTINATIONS } from './layers/destination-kinds.ts'
import { INTEGRATIONS_BY_CODE, SIMULATOR } from './layers/integrations.ts'
import type { Layer } from './layers/layer.ts'

/** Tests, in their files and folders, look at everything from outside; no source imports them. */
export const TESTS = /\.test\.tsx?$|\/(?:testing|test)\//

/** What reaches the outside in every process; `node:sqlite` belongs to one engine alone. */
const NODE = 'node:*'
const SQLITE = 'node:sqlite'
const WEB = ['fastify', 'zod']

const PAGE = [
  '@mensageria/contracts/browser',
  'react',
  'react-dom/client',
  'react-aria-components',
  '@tanstack/*',
  'wouter',
  'i18next',
  'react-i18next',
  'lucide-react',
  '@fontsource-variable/*',
  'zod',
]
const PAGE_WITH_ADDRESSES = [
  'packages/console-page/src/pages/register',
  'packages/console-page/src/format/cities.ts',
]

const PACKAGES: readonly Layer[] = [
  {
    from: ['packages/contracts/src'],
    may: ['zod', '@brazilian-utils/*', 'uuid'],
    because: 'contracts is the bottom: it knows nobody, and runs in a browser too.',
  },
  {
    from: ['packages/memory/src'],
    may: ['@mensageria/contracts', '@mensageria/core'],
    because: 'An engine knows the ports and its own store, which here is the memory of the process.',
  },
  {
    from: ['packages/embedded/src'],
    may: ['@mensageria/contracts', '@mensageria/core', NODE],
    because:
      'An engine knows the ports and its own store; not another engine, and not the process it runs in.',
  },
  {
    from: ['packages/google-cloud/src'],
    may: ['@mensageria/contracts', '@mensageria/core', '@google-cloud/firestore', NODE],
    never: [SQLITE],
    because:
      'An engine knows the ports and its own store. A push subscriber speaks plain HTTP: the Pub/Sub client would cost it 410 ms of imports at every start.',
  },
  {
    from: ['packages/google-cloud/src/pubsub'],
    may: [
      '@mensageria/contracts',
      '@mensageria/core',
      '@google-cloud/pubsub',
      'packages/google-cloud/src/firestore/refuse-emulator.ts',
      NODE,
    ],
    never: [SQLITE],
    because:
      'Each entry point loads one client: both together cost every start of a process 470 ms and more.',
  },
  {
    from: ['packages/runtime/src'],
    may: [
      '@mensageria/contracts',
      '@mensageria/core',
      ...WEB,
      '@fastify/*',
      'fastify-type-provider-zod',
      '@scalar/fastify-api-reference',
      'pino',
      'pino-pretty',
      'leven',
      'undici',
      'jose',
      'google-auth-library',
      'oauth4webapi',
      'standardwebhooks',
      'close-with-grace',
      NODE,
    ],
    late: ['packages/runtime/src/tracing/open-telemetry.ts'],
    never: [SQLITE],
    because: 'An engine is passed in: this code must run on any. What traces nothing pays for no tracing.',
  },
  {
    from: ['packages/runtime/src/tracing/open-telemetry.ts'],
    may: ['packages/runtime/src', '@mensageria/contracts', '@mensageria/core', '@opentelemetry/*', NODE],
    never: [SQLITE],
    because: 'The one file that loads the telemetry libraries; it is imported where somebody traces.',
  },
  ...SIMULATOR,
  {
    from: ['packages/client/src'],
    may: ['openapi-fetch', 'google-auth-library', NODE],
    never: [SQLITE],
    because: "A client knows the API by its OpenAPI document alone, as anybody else's would.",
  },
  {
    from: ['packages/client/src/generate-types.ts'],
    may: ['openapi-typescript', 'typescript'],
    because: 'It generates the types of the client, and is no part of it.',
  },
  {
    from: ['packages/center-files/src'],
    may: [
      'packages/center-files/src',
      '@mensageria/contracts/states',
      '@mensageria/contracts/tax-id',
      'csv-parse',
      'csv-parse/sync',
      NODE,
    ],
    never: [SQLITE],
    because:
      'Bytes in, rows or a refusal out: the command and the console read the same files alike, and it knows neither.',
  },
  {
    from: ['packages/center-files/src/encoding', 'packages/center-files/src/words'],
    may: [
      'packages/center-files/src/encoding',
      'packages/center-files/src/words',
      'packages/center-files/src/fault.ts',
      'packages/center-files/src/row.ts',
      'packages/center-files/src/table/columns.ts',
      NODE,
    ],
    never: [SQLITE],
    because: 'Every command that reads a file tells its encoding, and pays for no schema.',
  },
  {
    from: ['packages/cli/src/import'],
    may: ['packages/cli/src', '@mensageria/client', '@mensageria/center-files', 'zod', NODE],
    never: [SQLITE],
    because: 'What reads files of centers knows the CNPJ: it is loaded by who imports one.',
  },
  {
    from: ['packages/cli/src'],
    may: [
      'packages/cli/src/import/rate.ts',
      '@mensageria/client',
      '@mensageria/contracts/words',
      '@mensageria/center-files/text',
      'yargs',
      'cli-progress',
      'cli-table3',
      'leven',
      'eventsource-parser/stream',
      'google-auth-library',
      'zod',
      NODE,
    ],
    late: ['packages/cli/src/import'],
    never: [SQLITE],
    because:
      'It is a client like any other; from contracts it has the words of states alone, without a schema.',
  },
  {
    from: ['packages/console-page/src'],
    may: PAGE,
    late: PAGE_WITH_ADDRESSES,
    because: 'It runs in a browser: the table of municipalities comes when an address is checked.',
  },
  {
    from: PAGE_WITH_ADDRESSES,
    may: ['packages/console-page/src', '@mensageria/contracts', ...PAGE],
    because: 'It checks addresses by the schema of the API; the page loads it when somebody registers.',
  },
  {
    from: ['packages/console-page/build'],
    may: ['vite', '@react-aria/optimize-locales-plugin', NODE],
    never: [SQLITE],
    because: 'It builds files, and knows nobody.',
  },
]

const SERVICE = ['@mensageria/contracts', '@mensageria/core', '@mensageria/runtime']
const CONSOLE = [
  ...SERVICE,
  '@mensageria/google-cloud/operations',
  '@mensageria/google-cloud/publisher',
  '@mensageria/console-page/build',
  ...WEB,
  '@fastify/static',
  NODE,
]
const CONSOLE_START = ['services/console/src/run.ts', 'services/console/src/start-console.ts']

const SERVICES: readonly Layer[] = [
  ...INTEGRATIONS_BY_CODE,
  {
    from: ['services/destination'],
    may: [...SERVICE, '@mensageria/destinations', '@mensageria/google-cloud/ledger', 'zod'],
    because:
      'A destination knows its row and the ledger; the kind of the row decides which library is loaded.',
  },
  {
    from: ['services/registration'],
    may: [
      ...SERVICE,
      '@mensageria/google-cloud/store',
      '@mensageria/google-cloud/publisher',
      ...WEB,
      'structured-headers',
      NODE,
    ],
    never: [SQLITE],
    because: 'Services do not know each other.',
  },
  {
    from: ['services/console'],
    may: [...CONSOLE, ...CONSOLE_START],
    never: [SQLITE],
    because: 'Services do not know each other.',
  },
  {
    from: CONSOLE_START,
    may: [...CONSOLE, 'services/console', '@mensageria/registration'],
    never: [SQLITE],
    because:
      'The console answers the registration API as well (ADR 0023); this is the one file that composes it.',
  },
  {
    from: ['services/dead-letter', 'services/sweeper'],
    may: [
      ...SERVICE,
      '@mensageria/google-cloud/store',
      '@mensageria/google-cloud/operations',
      '@mensageria/google-cloud/publisher',
      '@google-cloud/functions-framework',
      '@google-cloud/functions-framework/testing',
      'zod',
      NODE,
    ],
    never: [SQLITE],
    because: 'Jobs whose abrupt end harms nothing: the functions-framework serves them (ADR 0009).',
  },
  {
    from: ['services/standalone'],
    may: [
      ...SERVICE,
      '@mensageria/embedded',
      '@mensageria/destinations',
      '@mensageria/simulator',
      '@mensageria/console-page/build',
      '@mensageria/registration',
      '@mensageria/console',
      ...WEB,
      NODE,
    ],
    never: [SQLITE],
    because: 'One process on one machine: the only service that composes the others.',
  },
]

const SUPPORT: readonly Layer[] = [
  {
    from: ['packages/testkit'],
    may: ['*', 'packages', 'services'],
    because: 'Tests stand on it: it may look at everything, and no service that is deployed may import it.',
  },
  {
    from: ['packages/local-cloud'],
    may: [
      '@mensageria/contracts',
      '@mensageria/core',
      '@mensageria/google-cloud/topology',
      '@mensageria/testkit/*',
      'zod',
      NODE,
    ],
    because: 'It starts every service as a process of its own, for development and tests.',
  },
  {
    from: ['tests', 'bench', 'scripts'],
    may: ['*', 'packages', 'services', 'tests', 'bench', 'scripts'],
    because: 'They look at the whole system from outside; nothing imports them.',
  },
]

export const LAYERS: readonly Layer[] = [...CORE, ...PACKAGES, ...DESTINATIONS, ...SERVICES, ...SUPPORT]

/** How many source files a folder below the `src` of a package has at most; more of them hide what is there. */
export const FILES_IN_A_FOLDER_MAX = 15

/** The file that composes use cases; what it imports as `create...` nobody else may import, but tests of the core. */
export const COMPOSE = 'packages/core/src/compose.ts'
