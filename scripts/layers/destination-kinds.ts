import type { Layer } from './layer.ts'

const BASE = [
  'packages/destinations/src',
  '@mensageria/contracts',
  '@mensageria/core',
  '@mensageria/runtime',
  'zod',
  'node:*',
]

/** The libraries of each kind of destination, which no other kind may load. */
const LIBRARIES: Record<string, readonly string[]> = {
  webhook: [],
  rabbitmq: ['rabbitmq-client'],
  kafka: ['@platformatic/kafka'],
  sns: ['@aws-sdk/client-sns'],
  sqs: ['@aws-sdk/client-sqs'],
  pubsub: ['@google-cloud/pubsub'],
}

const folderOf = (kind: string) => `packages/destinations/src/${kind}`

/** Who may load what in packages/destinations. */
export const DESTINATIONS: readonly Layer[] = [
  {
    from: ['packages/destinations/src'],
    may: BASE,
    late: Object.keys(LIBRARIES).map(folderOf),
    never: ['node:sqlite'],
    because: 'A process loads the library of its own kind alone: each kind comes by import() of its folder.',
  },
  {
    from: ['packages/destinations/src/aws'],
    may: [...BASE, '@aws-sdk/credential-provider-node', '@aws-sdk/credential-provider-web-identity'],
    never: ['node:sqlite'],
    because: 'What the kinds of AWS share, credentials among it; sns and sqs alone load it.',
  },
  ...Object.entries(LIBRARIES).map(([kind, libraries]): Layer => {
    const others = Object.keys(LIBRARIES).filter((other) => other !== kind)
    return {
      from: [folderOf(kind)],
      may: [...BASE, ...libraries],
      never: ['node:sqlite', ...others.map(folderOf)],
      because: 'A kind knows one protocol and its library, and no other kind.',
    }
  }),
]
