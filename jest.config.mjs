// The suffix of a test names its cost: unit (pure), int (SQLite, sockets), e2e (real processes).
const project = (suffix) => ({
  displayName: suffix,
  testMatch: [`<rootDir>/{packages,services,tests,scripts}/**/*.${suffix}.test.ts`],
  testPathIgnorePatterns: ['/node_modules/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-strip-types.mjs' },
  testEnvironment: 'node',
})

export default {
  projects: ['unit', 'int', 'e2e'].map(project),
  reporters: ['default', '<rootDir>/scripts/jest-closing-line.mjs'],
  coverageProvider: 'v8',
  coverageReporters: ['text-summary'],
  collectCoverageFrom: ['{packages,services}/*/src/**/*.ts', '!**/*.test.ts'],
  maxWorkers: 2,
  testTimeout: 60_000,
}
