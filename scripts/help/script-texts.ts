/** What every script of package.json is for, in one line each. A test compares the names with package.json. */
export const SCRIPT_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Try it': {
    demo: 'the story: an outage, retries, dead letters, recovery; "-- --engine google-cloud" on the emulators',
    start: 'the whole system in one process, to use it: addresses by environment, data in DATA_DIR',
    dev: 'every service as its own process on the emulators, as in production',
    mensageria: 'the command line of the operations desk; "npm run mensageria -- --help"',
    help: 'this list',
  },
  'Add to it': {
    'new:integration': 'a folder and a row for a system with an API of its own; "-- NAME"',
    'new:destination':
      'a row for an application with a queue or an endpoint; "-- NAME KIND --target.url=..."',
  },
  'Test it': {
    test: 'everything, as CI does: setup, preflight, verify; about 11 minutes on 2 cores',
    'test:unit': 'unit tests: no emulator, browser or child process; 15 s',
    'test:int': 'integration tests: SQLite, sockets, emulators; about 2 minutes',
    'test:e2e': 'whole systems in processes of their own; about 6 minutes',
    'test:watch': 'unit tests of the files that changed, again at each change',
    jest: 'Jest itself: "npm run jest -- PATH" runs one file, "-t NAME" one test',
    coverage: 'all tests, with line coverage',
    preflight: 'says what the tests need and this machine lacks, and how to get it',
    verify: 'all that CI runs after the preflight: check, page, jest',
  },
  'Check it': {
    check:
      'types, lint, format:check, unused, layers and docs:check; about a minute the first time, then 15 s',
    types: 'compiles every package and fails on any type error',
    lint: 'oxlint with types',
    format: 'formats every file',
    'format:check': 'fails where a file is not formatted',
    unused: 'knip: files, exports and dependencies that nothing uses',
    layers: 'which package and folder may import what, circles, size of folders; see scripts/layers.ts',
    'docs:check': 'links, script names and the vocabulary of the Markdown files',
  },
  'Build it': {
    setup: 'installs what is missing; every other command does it first where it needs to',
    page: "builds the console's page",
    bundle: 'one file per service for its image; "-- --out DIR NAME..."',
    audit: 'fails where a package that is deployed has a known flaw; asks the registry',
    sbom: 'what a service is made of (CycloneDX): "-- --filter=@mensageria/console --out=FILE"',
    'client:generate': "the typed client's types, from the API as it is",
    screenshots: "takes the pictures of the console's page in docs/images again",
  },
  'Measure it': {
    simulate: 'years of faults in seconds, by seed; "-- --seed 42" repeats one',
    chaos: 'every kind of fault at once against real processes; see docs/chaos-report.md',
    mutants: 'puts defects into a copy of the core and shows which test catches each; see docs/mutants.md',
    bench: 'registrations and deliveries per second of the standalone, as JSON',
    'bench:start': 'time from start to ready, and memory',
    'bench:console': "time of the console's pages and queries with many rows",
    'bench:rejected': 'what rejected data costs a subscription of the Pub/Sub emulator',
    'bench:parked': 'what a large backlog costs those who register meanwhile',
    'bench:quota': 'how a backlog gets into a system that takes 10 calls a second',
  },
}

/** The explanation of one script; undefined where it has none. */
export const textOf = (script: string): string | undefined =>
  Object.values(SCRIPT_TEXTS).find((group) => script in group)?.[script]
