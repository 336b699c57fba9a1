import type { AppPlugin } from '@mensageria/runtime'
import type { RegistrationDeps } from './registration-deps.ts'
import { listDeliveriesRoute } from './routes/distribution-centers/list-deliveries.ts'
import { listRoute } from './routes/distribution-centers/list.ts'
import { readRoute } from './routes/distribution-centers/read.ts'
import { registerRoute } from './routes/distribution-centers/register.ts'
import { updateRoute } from './routes/distribution-centers/update.ts'
import { identityRoute } from './routes/identity.ts'

/** The largest body of the registration API: a center with every field at its longest, all of it escaped, has under 16 KiB. */
export const REGISTRATION_BODY_LIMIT_BYTES = 64 * 1024

const ROUTES = [registerRoute, listRoute, readRoute, updateRoute, listDeliveriesRoute, identityRoute]

/** The registration API (`/v1/distribution-centers`, `/v1/identity`) as a plugin; the process that registers it listens. */
export const createRegistrationPlugin =
  (deps: RegistrationDeps): AppPlugin =>
  async (app) => {
    for (const route of ROUTES) await route(deps)(app)
  }
