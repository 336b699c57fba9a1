export { senninha } from './integration.ts'
