/** Where the page is on its server. */
export const BASE = '/console'

/** The address of a place in the page, for a link. */
export const hrefOf = (path: string): string => `${BASE}${path === '/' ? '' : path}`

/** The place of one center. */
export const placeOfCenter = (id: string): string => `/centers/${id}`

/** The failures of one integration. */
export const placeOfFailures = (integration: string): string =>
  `/failures?integration=${encodeURIComponent(integration)}`
