/**
 * The answer leads to another address. It is not followed: what signs a request in is for this service alone, and another
 * host would get it too.
 */
export class RedirectError extends Error {
  override readonly name = 'RedirectError'
  readonly origin: string
  readonly status: number
  /** The host that it leads to; empty where the answer does not say. */
  readonly host: string

  constructor(origin: string, { status, headers }: Pick<Response, 'status' | 'headers'>) {
    const location = headers.get('location') ?? ''
    const host = URL.canParse(location, origin) ? new URL(location, origin).host : ''
    super(`${origin} answered ${status} and leads to ${host === '' ? 'nowhere' : host}`)
    this.origin = origin
    this.status = status
    this.host = host
  }
}

const STATUSES = new Set([301, 302, 303, 307, 308])

/** Throws `RedirectError` where an answer leads elsewhere. */
export const refuseRedirect = (url: string, answer: Response): void => {
  if (!STATUSES.has(answer.status)) return
  // Unread, it would keep its connection.
  void answer.body?.cancel()
  throw new RedirectError(new URL(url).origin, answer)
}
