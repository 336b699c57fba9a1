import Sequencer from '@jest/test-sequencer'

// Without a record of earlier runs Jest begins with the largest files, and those that take minutes are among the smallest:
// a fresh clone would wait for them alone in the end. Those that take longest first, then whole clouds, then everything else that
// starts processes.
const LONGEST = ['stories/google-cloud.e2e', 'google-cloud-integration-life', 'end-of-lease']
const rankOf = ({ path }) => {
  if (LONGEST.some((name) => path.includes(name))) return 0
  if (/\/tests\/.*google-cloud|simulation|faults\/machine/.test(path)) return 1
  return path.endsWith('.e2e.test.ts') ? 2 : 3
}

export default class extends Sequencer {
  async sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- Jest's, not an array's
    const sorted = await super.sort(tests)
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b))
  }
}
