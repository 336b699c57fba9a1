/** The entity tag of a version. */
export const etagOf = (version: number): string => `"${version}"`

/** Whether an If-None-Match header names this tag: weakly compared, any of a list, or `*` (RFC 9110, 13.1.2). */
export const namesTag = (header: string | undefined, tag: string): boolean =>
  header !== undefined &&
  header.split(',').some((part) => ['*', tag].includes(part.trim().replace(/^W\//, '')))
