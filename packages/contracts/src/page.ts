import { z } from 'zod'

/** One page of a list, named `id` in the API's document; without `nextPageToken` it is the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item, id: string) =>
  z.object({ items: z.array(item), nextPageToken: z.string().optional() }).meta({ id })
