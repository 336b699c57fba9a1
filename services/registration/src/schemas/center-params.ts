import { centerIdOf } from '@mensageria/contracts'
import { z } from 'zod'

// Any text is taken: an id that is no UUID is as unknown as any other, and that is a 404.
export const CenterParams = z.object({
  id: z.string().meta({ description: 'Id of the center (UUID)', example: centerIdOf('11222333000181') }),
})

/** Whether a center can have this id at all. */
export const isCenterId = (id: string): boolean => z.uuid().safeParse(id).success
