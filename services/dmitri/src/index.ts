export { dmitri } from './integration.ts'
