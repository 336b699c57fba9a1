import { z } from 'zod'

/** Which database answers: a random id, made with it. */
export const DatabaseIdentity = z.object({ database: z.uuid() }).meta({ id: 'DatabaseIdentity' })
export type DatabaseIdentity = z.output<typeof DatabaseIdentity>
