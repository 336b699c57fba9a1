export { answered, tryIntegration } from './try-integration.ts'
export type { TriedCall } from './try-integration.ts'
