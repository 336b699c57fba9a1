/** The `code` of an error of Node (`ENOENT`), by field: errors of fetch and of the file system share no other base. */
export const codeOf = (error: unknown): string | undefined => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : undefined
}
