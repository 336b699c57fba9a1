import { waitFor } from '@mensageria/testkit/wait-for'

/** As `waitFor`, of a condition without a name: its source stands for one. */
export const eventually = async (condition: () => boolean, timeoutMs = 30_000): Promise<void> => {
  await waitFor(String(condition), condition, { timeoutMs })
}
