import type { components, paths } from './api.ts'

type Schemas = components['schemas']
export type AuditEntry = Schemas['AuditEntry']
export type Delivery = Schemas['Delivery']
export type DistributionCenter = Schemas['DistributionCenter']
export type Integration = Schemas['Integration']
export type Problem = Schemas['Problem']
export type Redrive = Schemas['Redrive']
export type RedriveDryRun = Schemas['RedriveDryRun']
export type Summary = Schemas['Summary']
export type UnreadableMessage = Schemas['UnreadableMessage']
/** A center as it is sent. */
export type Registration =
  paths['/v1/distribution-centers']['post']['requestBody']['content']['application/json']
