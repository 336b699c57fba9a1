// Before int and e2e tests: a browser where CI has none, and a keeper that starts the emulators when the first test asks for
// them.
import { installChromiumInCi } from '@mensageria/testkit/chromium'
import { startEmulatorKeeper } from '@mensageria/testkit/emulator-keeper'

export default async () => {
  installChromiumInCi()
  const keeper = await startEmulatorKeeper()
  process.env.MENSAGERIA_EMULATORS_URL = keeper.url
  globalThis.closeEmulatorKeeper = keeper.close
}
