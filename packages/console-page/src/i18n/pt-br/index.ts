import { deliveries } from './deliveries.ts'
import { pages } from './pages.ts'
import { shell } from './shell.ts'

/** Every text of the page in Portuguese, the language of the operations team. */
export const ptBr = { ...shell, ...deliveries, ...pages }
