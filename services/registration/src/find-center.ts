import type { DistributionCenter } from '@mensageria/contracts'
import type { CenterStore } from '@mensageria/core'
import { orUnavailable, ProblemError } from '@mensageria/runtime'
import { isCenterId } from './schemas/center-params.ts'

/** There is no center with this id. */
export const notFound = (): ProblemError =>
  new ProblemError('not-found', { detail: 'There is no distribution center with this id' })

/** Reads a center or answers 404; an id that no center can have does not reach the store. */
export const findCenter = async (centers: CenterStore, id: string): Promise<DistributionCenter> => {
  const found = isCenterId(id) ? await orUnavailable(centers.read(id)) : undefined
  if (!found) throw notFound()
  return found.center
}
