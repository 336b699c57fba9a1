import type { Integration, MensageriaClient } from '@mensageria/client'
import type { GlobalArgs } from '../../context.ts'

/** How people call a system; with the name that commands take where that is not the same but for capitals. */
export const systemLabel = ({ name, displayName }: Pick<Integration, 'name' | 'displayName'>): string =>
  displayName.toLowerCase() === name ? displayName : `${displayName} (${name})`

/** The labels of systems by name; a name that nobody knows stays as it is. */
export type SystemLabels = (name: string) => string

/** Asks for the labels of all systems, for a table; JSON has the names alone, and a table without labels is better than none. */
export const readSystemLabels = async (
  { json }: Pick<GlobalArgs, 'json'>,
  operations: MensageriaClient,
): Promise<SystemLabels> => {
  const answer = json ? undefined : await operations.GET('/v1/integrations').catch(() => undefined)
  const labels = new Map(answer?.data?.items.map((one) => [one.name, systemLabel(one)]))
  return (name) => labels.get(name) ?? name
}
