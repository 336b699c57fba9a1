/** A page token that no page gave. */
export class InvalidPageTokenError extends Error {
  override readonly name = 'InvalidPageTokenError'
}
