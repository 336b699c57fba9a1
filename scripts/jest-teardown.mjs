// After all tests: stops the emulators, if they were started.
export default async () => {
  await globalThis.closeEmulatorKeeper?.()
}
