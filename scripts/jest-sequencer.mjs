import Sequencer from '@jest/test-sequencer'

// Without a record of earlier runs Jest begins with the largest files, and those that take minutes are among the smallest:
// a fresh clone would wait for them alone in the end. The two that take longest first, then whole clouds, then everything else that
// starts processes.
const rankOf = ({ path }) => {
  if (!path.endsWith('.e2e.test.ts')) return 3
  if (path.endsWith('stories/google-cloud.e2e.test.ts') || path.includes('end-of-lease')) return 0
  return path.includes('google-cloud') || path.includes('simulation') ? 1 : 2
}

export default class extends Sequencer {
  async sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- Jest's, not an array's
    const sorted = await super.sort(tests)
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b))
  }
}
