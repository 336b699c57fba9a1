import { ConfigError } from '../base/config.ts'
import { nearestName } from '../base/nearest-name.ts'

const ALL = new Set(['1', 'true', 'all'])
const NONE = new Set(['0', 'false', 'none'])

/**
 * The integrations that SIMULATE names, of those by code in the list: all of them (`1`, `true`, `all`), none (`0`, `false`,
 * `none`), or some (`NAME,NAME`); undefined where it says nothing. Throws ConfigError for another name, also for a destination:
 * no simulator plays a broker.
 */
export const simulatedBy = (
  value: string | undefined,
  names: readonly string[],
): ReadonlySet<string> | undefined => {
  if (value === undefined) return undefined
  if (ALL.has(value)) return new Set(names)
  if (NONE.has(value)) return new Set()
  const said = value.split(',').map((name) => name.trim())
  for (const name of said) {
    if (names.includes(name)) continue
    const meant = nearestName(name, names)
    throw new ConfigError(
      `SIMULATE names ${name === '' ? 'nothing' : JSON.stringify(name)}, which is no integration by code: ` +
        `say 1 for all of them, 0 for none, or some of ${names.join(',')}` +
        (meant === undefined ? '' : ` (${meant}?)`),
    )
  }
  return new Set(said)
}
