export { bindDestination } from './bind-destination.ts'
export type { OpenOptions } from './define-destination.ts'
