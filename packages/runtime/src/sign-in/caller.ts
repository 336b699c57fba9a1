import { Role } from '@mensageria/contracts'
import type { FastifyRequest } from 'fastify'

/** Who asks: an account that signed in, or anybody on this machine. */
export type Caller = { id: string; signedIn: boolean; roles: readonly Role[] }

/** Everybody where nobody signs in. */
export const LOCAL_CALLER: Caller = { id: 'local', signedIn: false, roles: Role.options }

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined where the process knows no sign-in. */
    caller: Caller | undefined
  }
  interface FastifyContextConfig {
    /**
     * Who may use this route: those with a role, everybody who is signed in, or everybody. Without it: `read` to read,
     * `operate` for the rest.
     */
    access?: Role | 'signed-in' | 'everybody'
  }
}

/** The name of who asks, as audit and idempotency keys have it. */
export const callerIdOf = (request: FastifyRequest): string => (request.caller ?? LOCAL_CALLER).id
