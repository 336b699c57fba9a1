/** What an opener gives: an engine's ports over an empty store of their own, and the way to close it. */
export type Opened<Ports> = Ports & { close(): Promise<void> }
export type Open<Ports> = () => Promise<Opened<Ports>>

/** Makes the body of a test that opens for itself, and closes however it ends. */
export const withOpened =
  <Ports>(open: Open<Ports>) =>
  (body: (ports: Ports) => Promise<void>) =>
  async (): Promise<void> => {
    const ports = await open()
    try {
      await body(ports)
    } finally {
      await ports.close()
    }
  }

/** Runs the same thing `count` times at once. */
export const inParallel = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)))
