import {
  FailureNote,
  Integration,
  Redrive,
  RedriveDryRun,
  type RedriveFilter,
} from '@mensageria/contracts/browser'
import { write } from './request.ts'

/** Pauses or resumes an integration. */
export const changeIntegration = (
  name: string,
  action: 'pause' | 'resume',
  reason: string,
): Promise<Integration> =>
  write(Integration, `/v1/integrations/${encodeURIComponent(name)}:${action}`, { reason })

/** Sends one delivery again. */
export const redriveOne = (
  integration: string,
  centerId: string,
  body: { reason: string; force: boolean },
): Promise<Redrive> =>
  write(Redrive, `/v1/deliveries/${encodeURIComponent(integration)}/${centerId}:redrive`, body)

/** Counts what a redrive would send. */
export const dryRun = (filter: RedriveFilter): Promise<RedriveDryRun> =>
  write(RedriveDryRun, '/v1/redrives', { filter, reason: 'dry run', dryRun: true })

/** Begins a redrive. */
export const createRedrive = (filter: RedriveFilter, reason: string): Promise<Redrive> =>
  write(Redrive, '/v1/redrives', { filter, reason })

/** Pauses, resumes or ends a redrive. */
export const changeRedrive = (id: string, action: 'pause' | 'resume' | 'cancel'): Promise<Redrive> =>
  write(Redrive, `/v1/redrives/${encodeURIComponent(id)}:${action}`)

/** Says who looks after the failures of one cause; what is left out is taken away. */
export const noteFailures = (
  integration: string,
  cause: string,
  note: { owner?: string; note?: string },
): Promise<FailureNote> =>
  write(
    FailureNote,
    `/v1/failure-groups/${encodeURIComponent(integration)}/${encodeURIComponent(cause)}`,
    note,
    'PUT',
  )
