// Words that this project had for something and has no more: docs/vocabulary.md has the one that stands. scripts/check-docs.ts
// looks for them in documents, code and Terraform.

/**
 * A word that is gone, what to write, and why. `only` and `except` are beginnings of paths; `except` has its reason beside it.
 * With `inTests: false` tests may have it.
 */
export type DeadWord = {
  word: RegExp
  instead: string
  because: string
  only?: readonly string[]
  except?: readonly string[]
  inTests?: boolean
}

const PROSE = ['README', 'CONTRIBUTING', 'docs/', 'terraform/README', 'tests/README']
const PAGE_AND_CLI = ['packages/cli/', 'packages/console-page/', 'README', 'docs/']

// Names in stores of release 0.1, which are read as long as such a store may be opened.
const STORED = [
  'packages/embedded/src/schema/',
  'packages/core/src/model/stored',
  'packages/google-cloud/firestore.indexes.json',
  'packages/google-cloud/src/stats/',
  'packages/google-cloud/src/ledger/row-document',
]

/**
 * What is searched nowhere: decisions and releases tell what was, stores of old releases speak their own language, this list
 * has the words, and some files are generated.
 */
export const EXEMPT = [
  'packages/console-page/dist/',
  'CHANGELOG.md',
  'docs/adr/',
  'docs/chaos-report',
  'scripts/dead-words.ts',
  'scripts/docs/find-dead-words.unit.test.ts',
  'packages/client/src/api.ts',
  'tests/upgrade/',
]

export const DEAD_WORDS: readonly DeadWord[] = [
  {
    word: /senninha|maas|dmitri/i,
    instead: 'what the list says (integrationsByCode, listedSystems), or erp in an example',
    because:
      'A system has its name in the list and in its folder: what else names it would have to be changed for the next one.',
    only: ['packages/', 'services/', 'scripts/'],
    inTests: false,
    except: [
      'services/senninha/',
      'services/maas/',
      'services/dmitri/',
      // Samples: of the suites of the ports, and of what is sent.
      'packages/testkit/src/conformance/',
      'packages/contracts/samples/',
      'packages/contracts/src/samples.ts',
      // The story that it tells is about one of them.
      'scripts/demo/',
    ],
  },
  {
    word: /centre/i,
    instead: 'center',
    because: 'The API spells it so, and one spelling can be searched for.',
  },
  {
    // The table and the collection keep their names.
    word: /undecodable(?!_messages|Messages\b)/i,
    instead: 'unreadable message',
    because: 'The page and the API call it so; a dead letter is what the broker gave up.',
  },
  {
    word: /glossar(?:y|ies)\b|glossário/i,
    instead: 'vocabulary',
    because: 'docs/vocabulary.md replaces it.',
  },
  {
    word: /\bheal(?:s|ed|ing)?\b/i,
    instead: 'reconcile',
    because: 'To compare what is with what is owed and bring the difference is called so everywhere.',
    except: [
      ...STORED,
      // Sums over the stored field.
      'packages/google-cloud/src/stats/sum-totals',
      'tests/cloud/indexes',
      // The value of the hand-over attribute, which a release before must understand while both run.
      'packages/runtime/src/push/',
      'packages/runtime/src/tracing/tracing.int.test.ts',
      'packages/contracts/src/push.ts',
      // In a test with faults, to heal is to end them (Jepsen).
      'tests/chaos/',
      'tests/simulation/',
      'tests/faults/',
    ],
  },
  { word: /\bchores?\b/i, instead: 'maintenance', because: 'It is what other systems call it.' },
  {
    // `docs/adr/0019-figures-...` is a name of a file.
    word: /(?<!-)\bfigures\b(?!-)/i,
    instead: 'stats',
    because: 'The port, the API and the folder are called stats.',
    except: STORED,
  },
  {
    word: /\b[nN]ews\b|\w+News\b/,
    instead: 'change of health (HealthChange)',
    because: 'It is told what has changed, by a name that says what.',
  },
  {
    word: /\b(?:lookGap|untriedLook|nextLook|FIRST_LOOK)\w*|\bLOOK\b/,
    instead: 'check: recheckAfterMs, retryCheckAt, nextCheckAt, FIRST_CHECK_MS, SCAN_LIMIT',
    because: 'An open event is checked; a scan has a limit.',
  },
  {
    word: /\bstray\b|\bStrayRows?\b|\bastray\b/,
    instead: 'orphaned',
    because: 'A row without an owner is orphaned.',
  },
  {
    word: /\btall(?:y|ies)\b/i,
    instead: 'what became of each version (DeliveredBy)',
    because: 'In prose it says nothing; only the stored field of a row is called so.',
    only: PROSE,
  },
  { word: /\bonNews\b/, instead: 'observe (SweepNotice)', because: 'One observer is told of everything.' },
  {
    word: /\b(?:create)?(?:[rR]equestRedrive|[pP]auseIntegration|[sS]weepEvents)\b/,
    instead: 'redrives, pauses, openEvents',
    because: 'An object is no verb.',
  },
  {
    word: /\b(?:lessonOf|decideRow|isOwn|createTurns|TURNS)\b/,
    instead: 'signalOf, shouldSend, isInScope, createPacer or createMutex, CONFLICT_RETRIES_MAX',
    because: 'The names explained nothing.',
  },
  { word: /\bmend(?:s|ed|ing)?\b/i, instead: 'fix, correct, repair', because: 'Nobody else says so.' },
  {
    word: /\bEXIT\.refused\b/,
    instead: 'rejected',
    because: 'What a downstream says no to is rejected; bad input is invalid.',
  },
  {
    word: /passing (?:failure|cause)s?\b|\bin doubt\b(?= \(_)|failed for now/i,
    instead: 'temporary failure (kind transient), outcome unknown (kind unknown)',
    because: 'The table of words in contracts says so, in the CLI and on the page.',
    only: PAGE_AND_CLI,
  },
  {
    word: /\bwhoever\b|\bhears? of\b/i,
    instead: 'the thing that acts, as the subject',
    because: 'A sentence about what happens is shorter and says who does it.',
  },
  {
    word: /estacionad[ao]s?|passageir[ao]s?|intermediador|varredor|mensage(?:m|ns) mortas?|Saudável|em dúvida/i,
    instead: 'retida, temporária, broker, sweeper, dead letter, No ar, resultado incerto',
    because: 'For a team of logistics the old words mislead; docs/vocabulary.md has the new ones.',
    only: PAGE_AND_CLI,
  },
]
