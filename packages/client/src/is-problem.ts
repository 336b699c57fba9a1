import type { Problem } from './types.ts'

/** Whether a value is a problem document of this API, and not what something before it says (a platform, a proxy). */
export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  value.type.startsWith('urn:mensageria:problem:')
