import { centerIdOf, DistributionCenter, type Registration } from '@mensageria/contracts'
import type { CenterVersion } from '@mensageria/testkit'

/** What a client knows: the 2xx answers that it got, and the requests of which it does not know what became. */
export type ClientLog = { answers: CenterVersion[]; unanswered: CenterVersion[] }

/** A client of the registration API that keeps a log. A request without an answer throws, as `fetch` does. */
export type Client = {
  log: ClientLog
  post(url: string, registration: Registration, headers?: Record<string, string>): Promise<Response>
  /** Replaces the data of a center that is at the given version. */
  put(url: string, registration: Registration, version: number): Promise<Response>
  /** Registers and resolves with the stored center; fails unless the answer is 2xx. */
  register(url: string, registration: Registration): Promise<DistributionCenter>
}

/** Makes a client; its log is what the checker compares the system with. An answer later than `timeoutMs` is none. */
export const createClient = ({ timeoutMs }: { timeoutMs?: number } = {}): Client => {
  const log: ClientLog = { answers: [], unanswered: [] }

  const send = async (request: Request, asked: CenterVersion): Promise<Response> => {
    try {
      const answer = await fetch(request, timeoutMs ? { signal: AbortSignal.timeout(timeoutMs) } : {})
      // Read to its end here: an answer that breaks off is none.
      const body: unknown = await answer.clone().json()
      if (answer.ok) {
        const { id, version } = DistributionCenter.parse(body)
        log.answers.push({ centerId: id, version })
      }
      return answer
    } catch (error) {
      log.unanswered.push(asked)
      throw error
    }
  }
  const headersOf = (more: Record<string, string>) => ({ 'content-type': 'application/json', ...more })

  const post: Client['post'] = (url, registration, headers = {}) =>
    send(
      new Request(`${url}/v1/distribution-centers`, {
        method: 'POST',
        headers: headersOf(headers),
        body: JSON.stringify(registration),
      }),
      { centerId: centerIdOf(registration.taxId), version: 1 },
    )

  return {
    log,
    post,
    put: (url, registration, version) => {
      const centerId = centerIdOf(registration.taxId)
      const request = new Request(`${url}/v1/distribution-centers/${centerId}`, {
        method: 'PUT',
        headers: headersOf({ 'if-match': `"${version}"` }),
        body: JSON.stringify(registration),
      })
      return send(request, { centerId, version: version + 1 })
    },
    register: async (url, registration) => {
      const answer = await post(url, registration)
      const body: unknown = await answer.json()
      if (!answer.ok) throw new Error(`Answered ${answer.status}: ${JSON.stringify(body)}`)
      return DistributionCenter.parse(body)
    },
  }
}
