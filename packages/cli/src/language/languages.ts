/** The languages that the command speaks, as BCP 47 tags. */
export type Language = 'en' | 'pt-BR'
