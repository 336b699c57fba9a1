import { deliveries } from './deliveries.ts'
import { pages } from './pages.ts'
import { shell } from './shell.ts'
import type { Texts } from '../texts.ts'

/** Every text of the page in English. */
export const en: Texts = { ...shell, ...deliveries, ...pages }
