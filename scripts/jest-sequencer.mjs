import Sequencer from '@jest/test-sequencer'

// Without a record of earlier runs Jest begins with the largest files, and those that take minutes are among the smallest:
// a fresh clone would wait for them alone in the end. Whole clouds first, then everything else that starts processes.
const rankOf = ({ path }) => {
  if (!path.endsWith('.e2e.test.ts')) return 2
  return path.includes('google-cloud') || path.includes('simulation') ? 0 : 1
}

export default class extends Sequencer {
  async sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- Jest's, not an array's
    const sorted = await super.sort(tests)
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b))
  }
}
