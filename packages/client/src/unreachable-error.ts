/** No answer came before the deadline, however often it was tried; `cause` is the last failure. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly origin: string

  constructor(origin: string, cause: unknown) {
    super(`No answer from ${origin}`, { cause })
    this.origin = origin
  }
}
