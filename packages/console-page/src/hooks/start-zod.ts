import { z } from 'zod'

/** Zod compiles its schemas where it may; our policy forbids that, and every attempt would be an error in the console. */
export const startZod = (): void => {
  z.config({ jitless: true })
}
