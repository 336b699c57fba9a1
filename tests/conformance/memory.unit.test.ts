import { openMemory, type MemoryEngine } from '@mensageria/memory'
import { describeEngine, type EngineUnderTest } from '@mensageria/testkit'

const toEngine = (memory: MemoryEngine): EngineUnderTest => ({
  ...memory,
  close: () => {},
  reopen: async (integrations) => toEngine(memory.reopen(integrations)),
  // The row is left without its center: it is in a state, and owed to nobody.
  damage: ({ centerId }) => void memory.stored.centers.delete(centerId),
})

describeEngine('memory', async (integrations) => toEngine(openMemory({ integrations })))
