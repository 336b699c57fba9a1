import { v5 } from 'uuid'
import type { Registration } from './registration.ts'

// Fixed for ever: other namespaces would give every stored center another id.
const CENTER_NAMESPACE = '5b9c1a5e-6f0f-5d6e-8f4b-2f6d1f7c0a11'
const FINGERPRINT_NAMESPACE = 'c1d8e6a2-4f3b-5a7c-9b1e-7e0d5c2f8b66'

/** The id of the center with this normalized CNPJ (UUIDv5): the same CNPJ always has the same id, no look-up needed. */
export const centerIdOf = (taxId: string): string => v5(taxId, CENTER_NAMESPACE)

/** The id of the event that carries this version of this center. */
export const eventIdOf = (centerId: string, version: number): string => `${centerId}:${version}`

/**
 * One JSON text for equal data: keys are sorted at every depth, since a store may give fields back in another order than it
 * took them.
 */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/** A short fingerprint of a normalized registration: equal data, in whatever order of fields, has equal fingerprints. */
export const fingerprintOf = (registration: Registration): string =>
  v5(canonicalJson(registration), FINGERPRINT_NAMESPACE)
