/** Who pushes: a subscription's own account, the sweeper's, or anybody on this machine. */
export type PushCaller = 'subscription' | 'sweeper' | 'local'

/** Who is calling, or why nobody is believed to be; the reason is for the log. */
export type Verification = { ok: true; caller: PushCaller } | { ok: false; reason: string }

/** Says who sent a request by its Authorization header; never throws. */
export type PushVerifier = (authorization: string | undefined) => Promise<Verification>

/**
 * Believes everybody. For emulators on one machine, which send no token: a start code must choose it by name, and may do
 * so only where the process is not on Cloud Run.
 */
export const createLocalVerifier = (): PushVerifier => async () => ({ ok: true, caller: 'local' })
