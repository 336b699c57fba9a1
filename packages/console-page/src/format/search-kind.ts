const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether somebody searches by a whole id, which names one center. */
export const isCenterId = (text: string): boolean => ID.test(text.trim())

/** Whether a text can be the start of a city's name: letters, and no digits as in a CNPJ or most codes. */
export const isLikeCity = (text: string): boolean => /^[^\d]{3,}$/.test(text.trim())
