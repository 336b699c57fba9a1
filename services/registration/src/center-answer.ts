import type { AcceptedCenter, DistributionCenter, Publication } from '@mensageria/contracts'
import { etagOf } from './etag.ts'

export const CENTERS_PATH = '/v1/distribution-centers'

// An absolute path.
const hrefOf = (id: string): string => `${CENTERS_PATH}/${id}`

/** The headers that go with a center which was written, or found as it was sent. */
export const centerHeaders = ({ id, version }: DistributionCenter) => ({
  location: hrefOf(id),
  etag: etagOf(version),
})

/** `published` also says that this request left nothing to publish. */
export const accepted = (
  center: DistributionCenter,
  publication: Publication = 'published',
): AcceptedCenter => ({
  ...center,
  publication,
})

/** Names the center that stands in the way. */
export const existingOf = ({ id, version }: DistributionCenter) => ({ id, version, href: hrefOf(id) })
