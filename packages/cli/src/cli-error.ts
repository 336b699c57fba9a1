/** Ends a command with a sentence that says what to do, and its exit code. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: number
  /** The same a moment later may go well. */
  readonly passing: boolean

  constructor(exitCode: number, message: string, { passing = false }: { passing?: boolean } = {}) {
    super(message)
    this.exitCode = exitCode
    this.passing = passing
  }
}
