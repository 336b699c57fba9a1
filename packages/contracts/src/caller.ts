import { z } from 'zod'

/** What a caller may do: see, register and change centers, operate deliveries. The last two see as well. */
export const Role = z.enum(['read', 'register', 'operate'])
export type Role = z.output<typeof Role>

/** Who asks: an account that signed in, or `local` where nobody signs in. */
export const Me = z
  .object({ id: z.string(), signedIn: z.boolean(), roles: z.array(Role) })
  .meta({ id: 'Me', description: 'Who asks, and what they may do' })
export type Me = z.output<typeof Me>
