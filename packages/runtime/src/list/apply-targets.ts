import { IntegrationPolicy } from '@mensageria/contracts'
import { z } from 'zod'
import { ConfigError } from '../base/config.ts'
import { nearestName } from '../base/nearest-name.ts'

type Row = [string, IntegrationPolicy]

const VARIABLE = 'INTEGRATION_TARGETS'
const EXAMPLE = '{"erp":{"url":"amqps://rabbit.staging.example"}}'

const Targets = z.record(z.string(), z.record(z.string(), z.unknown()))

const parse = (text: string): z.output<typeof Targets> => {
  try {
    return Targets.parse(JSON.parse(text))
  } catch (cause) {
    throw new ConfigError(`${VARIABLE} must be JSON with fields of targets by row, for example ${EXAMPLE}`, {
      cause,
    })
  }
}

const refuseUnknown = (names: readonly string[], list: readonly Row[]): void => {
  const rows = list.filter(([, { kind }]) => kind !== undefined).map(([name]) => name)
  for (const name of names) {
    if (rows.includes(name)) continue
    const meant = nearestName(name, rows)
    throw new ConfigError(
      `${VARIABLE} names ${JSON.stringify(name)}, which is no row with a kind` +
        (meant === undefined ? '' : `: ${meant} is meant?`),
    )
  }
}

/**
 * The rows with what this environment says of their targets, in place of the fields that the list says: the list is the same in
 * staging and production. Throws `ConfigError`, which names row and field.
 */
export const applyTargets = (list: readonly Row[], text: string | undefined): Row[] => {
  if (text === undefined) return [...list]
  const targets = new Map(Object.entries(parse(text)))
  refuseUnknown([...targets.keys()], list)
  return list.map(([name, policy]): Row => {
    const changes = targets.get(name)
    if (changes === undefined) return [name, policy]
    const changed = IntegrationPolicy.safeParse({ ...policy, target: { ...policy.target, ...changes } })
    if (changed.success) return [name, changed.data]
    const words = changed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new ConfigError(`${VARIABLE}, row ${JSON.stringify(name)}: ${words.join('; ')}`)
  })
}
