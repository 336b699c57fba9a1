import type { DistributionCenter, Registration } from '@mensageria/contracts'

/** The registration that a stored center holds: its data without what we added. Key order is the schema's. */
export const registrationOf = (center: DistributionCenter): Registration => {
  const { id: _id, version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...registration } = center
  return registration
}
