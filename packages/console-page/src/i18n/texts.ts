import type { ptBr } from './pt-br/index.ts'

/** The texts of one language; every language has those of Portuguese. */
export type Texts = typeof ptBr
