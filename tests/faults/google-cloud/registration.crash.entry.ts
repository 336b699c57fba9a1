// Registration as services/registration/src/main.ts starts it, but it kills itself with SIGKILL at the step CRASH_AT.
import { openGoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { openGoogleCloudStore } from '@mensageria/google-cloud/store'
import { run } from '@mensageria/registration'
import { crashingCenters, crashingPublisher, createCrash } from '../../support/crash.ts'

const at = createCrash(process.env)

await run({
  openStore: async (options) => {
    const store = await openGoogleCloudStore(options)
    return { ...store, centers: crashingCenters(store.centers, at) }
  },
  openPublisher: (options) => {
    const broker = openGoogleCloudPublisher(options)
    return { ...broker, publisher: crashingPublisher(broker.publisher, at) }
  },
})
