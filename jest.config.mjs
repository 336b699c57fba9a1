// The suffix of a test names its cost: unit (pure), int (SQLite, sockets, emulators), e2e (real processes).
const project = (suffix) => ({
  displayName: suffix,
  testMatch: [`<rootDir>/{packages,services,tests,scripts}/**/*.${suffix}.test.ts`],
  testPathIgnorePatterns: ['/node_modules/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-strip-types.mjs' },
  testEnvironment: 'node',
  // Runs once for both, and only where one of their tests is selected.
  ...(suffix === 'unit'
    ? {}
    : {
        globalSetup: '<rootDir>/scripts/jest-setup.mjs',
        globalTeardown: '<rootDir>/scripts/jest-teardown.mjs',
      }),
})

export default {
  projects: ['unit', 'int', 'e2e'].map(project),
  testSequencer: '<rootDir>/scripts/jest-sequencer.mjs',
  reporters: ['default', '<rootDir>/scripts/jest-progress.mjs', '<rootDir>/scripts/jest-closing-line.mjs'],
  coverageProvider: 'v8',
  coverageReporters: ['text-summary'],
  collectCoverageFrom: ['{packages,services}/*/src/**/*.ts', '!**/*.test.ts'],
  // More than cores: the tests of whole systems mostly wait for them.
  maxWorkers: 5,
  // Each ES module that a test file has loaded stays in its worker: 800 MB of heap and more at the end of a run. No test leaves
  // anything open, but such workers take longer than the 500 ms that Jest gives them from the order to end until the
  // kernel has their memory back, and it warns that "a worker process has failed to exit gracefully". A new worker costs 0.3 s.
  workerIdleMemoryLimit: '500MB',
  testTimeout: 300_000,
}
