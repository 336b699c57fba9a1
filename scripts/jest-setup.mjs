// Before int and e2e tests: a keeper that starts emulators and brokers, each when the first test asks for it.
import { startKeeper, STARTERS } from '@mensageria/testkit/keeper'

export default async () => {
  const keeper = await startKeeper(STARTERS)
  process.env.MENSAGERIA_KEEPER_URL = keeper.url
  globalThis.closeKeeper = keeper.close
}
