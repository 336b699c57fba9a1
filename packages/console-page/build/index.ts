export { openPage } from './open-page.ts'
export type { Page } from './open-page.ts'
