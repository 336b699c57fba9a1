// After all tests: stops the emulators and brokers that were started.
export default async () => {
  await globalThis.closeKeeper?.()
}
