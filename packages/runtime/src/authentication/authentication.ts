import type { NetworkFailure } from '../http-client/classify-network-error.ts'

/** The request that is to be proven ours. */
export type ProvenRequest = {
  /** The event that it is about; the same for every attempt. */
  eventId: string
  /** Exactly what is sent; empty where there is no body. */
  body: string
}

/** Headers that prove a request ours, with the secrets that were made for them; or why there are none. */
export type Proof =
  | { ok: true; headers: Readonly<Record<string, string>>; secrets: readonly string[] }
  | { ok: false; failure: NetworkFailure }

/** Proves requests to one system ours. */
export type Authentication = {
  /** What nobody may read, whatever is sent. */
  secrets: readonly string[]
  /** Never fails because of the network: that is an answer. The signal ends the wait for a token. */
  prove(request: ProvenRequest, signal: AbortSignal): Proof | Promise<Proof>
  /**
   * Is told that the system answered 401 to this proof. Gives the failure that the call comes to where another proof will be
   * shown next time, so that nobody need be called for it.
   */
  refused?(proof: Proof): NetworkFailure | undefined
  close(): Promise<void>
}

/** A proof that is the same for every request. */
export const alwaysTheSame = (
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Authentication => {
  const proof: Proof = { ok: true, headers, secrets: [] }
  return { secrets, prove: () => proof, close: async () => undefined }
}

/** A token in the header Authorization. */
export const bearer = (token: string): Authentication =>
  alwaysTheSame({ authorization: `Bearer ${token}` }, [token])

/** No proof at all: the network, or a client certificate, says who we are. */
export const unproven = (): Authentication => alwaysTheSame({}, [])

/** User and password (RFC 7617), in UTF-8. */
export const basic = (username: string, password: string): Authentication => {
  const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64')
  return alwaysTheSame({ authorization: `Basic ${encoded}` }, [encoded, password])
}
