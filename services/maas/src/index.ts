export { maas } from './integration.ts'
