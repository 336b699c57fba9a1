import { RESERVED_NAMES, variablesOf } from '@mensageria/contracts'

// It is the id of a subscription of Google Cloud, which has at least 3 characters and does not begin with goog, and with -push that
// of an account, which has at most 30: terraform/variables-integrations.tf.
const NAME = /^[a-z][a-z0-9-]{1,23}[a-z0-9]$/

// What Mensageria reads for itself and a row could be called by: how callers sign in, and where the command finds the service.
const OURS = ['API_AUTH', 'MENSAGERIA_URL']

/** What a new name must differ from: the rows of the list, and the folders of `services`. */
export type Taken = { rows: readonly string[]; folders: readonly string[] }

/** Why an integration or destination cannot have this name, in one sentence; undefined where it can. */
export const faultOfName = (name: string, { rows, folders }: Taken): string | undefined => {
  const said = JSON.stringify(name)
  if (!NAME.test(name) || name.includes('--'))
    return `${said} is no name: 3 to 25 lower-case letters, digits and single hyphens, a letter first, no hyphen last`
  if (name.startsWith('goog'))
    return `${said} begins with goog, which Pub/Sub keeps for itself: choose another name`
  if (RESERVED_NAMES.includes(name)) return `${said} is a service of this project: choose another name`
  if (rows.includes(name)) return `${said} has a row in the list already: choose another name`
  if (folders.includes(name)) return `services/${name} is there already: choose another name`
  const own = new Set<string>(Object.values(variablesOf(name)))
  const ours = OURS.find((variable) => own.has(variable))
  if (ours !== undefined) return `${ours} is a variable of Mensageria itself: choose another name`
  for (const row of rows) {
    const shared = Object.values(variablesOf(row)).find((variable) => own.has(variable))
    if (shared !== undefined)
      return `${shared} would be a variable of ${row} and of ${name}: choose another name`
  }
  return undefined
}
