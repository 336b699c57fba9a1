import { defined } from '@mensageria/contracts'
import { InvalidPageTokenError } from '@mensageria/core'
import { z } from 'zod'
import { ProblemError } from './errors/problem-error.ts'

const PAGE_SIZE_MAX = 200

/** The two parameters of every list that has pages. */
export const PageQuery = z.strictObject({
  pageSize: z
    .string()
    .refine((value) => /^[1-9]\d{0,2}$/.test(value) && Number(value) <= PAGE_SIZE_MAX, {
      error: `Must be a whole number from 1 to ${PAGE_SIZE_MAX}`,
    })
    .transform(Number)
    .default(50)
    .meta({
      description: 'Items of one page; 50 unless said',
      type: 'integer',
      minimum: 1,
      maximum: PAGE_SIZE_MAX,
    }),
  pageToken: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .meta({ description: '`nextPageToken` of the page before' }),
})

/** Where a page begins and how long it is, as a store is asked for it. */
export const positionOf = ({ pageSize, pageToken }: z.output<typeof PageQuery>) =>
  defined({ pageSize, pageToken })

/** Answers 400 where a store has refused the page token; everything else is thrown on. */
export const badPageToken = (error: unknown): never => {
  if (!(error instanceof InvalidPageTokenError)) throw error
  const detail = 'Must be the nextPageToken of a page'
  throw new ProblemError('invalid-request', { errors: [{ pointer: '/query/pageToken', detail }] })
}
