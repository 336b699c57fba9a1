import type { AppPlugin } from '@mensageria/runtime'
import type { ConsoleDeps } from './console-deps.ts'
import { attemptRoutes } from './routes/attempts.ts'
import { auditRoutes } from './routes/audit.ts'
import { deliveryRoutes } from './routes/deliveries.ts'
import { eventRoutes } from './routes/events.ts'
import { failureGroupRoutes } from './routes/failure-groups.ts'
import { integrationRoutes } from './routes/integrations.ts'
import { redriveRoutes } from './routes/redrives.ts'
import { reportRoutes } from './routes/report.ts'
import { summaryRoutes } from './routes/summary.ts'
import { unreadableMessageRoutes } from './routes/unreadable-messages.ts'

const ROUTES = [
  attemptRoutes,
  integrationRoutes,
  deliveryRoutes,
  redriveRoutes,
  failureGroupRoutes,
  summaryRoutes,
  unreadableMessageRoutes,
  reportRoutes,
  auditRoutes,
  eventRoutes,
]

/** The operations API (`/v1/integrations`, `/v1/deliveries`, `/v1/redrives` ...) as a plugin; the process that registers it listens. */
export const createConsolePlugin =
  (deps: ConsoleDeps): AppPlugin =>
  async (app) => {
    for (const routes of ROUTES) await routes(deps)(app)
  }
