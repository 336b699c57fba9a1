// Before int and e2e tests: a keeper that starts the emulators when the first test asks for them.
import { startEmulatorKeeper } from '@mensageria/testkit/emulator-keeper'

export default async () => {
  const keeper = await startEmulatorKeeper()
  process.env.MENSAGERIA_EMULATORS_URL = keeper.url
  globalThis.closeEmulatorKeeper = keeper.close
}
