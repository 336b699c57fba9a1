import type { Integration, MensageriaClient } from '@mensageria/client'
import { dataOf } from '../../answer.ts'
import { CliError } from '../../cli-error.ts'
import { EXIT } from '../../exit-codes.ts'
import type { Texts } from '../../language/language.ts'

/** The integration of a name, undefined where none is asked for. Throws, with the names that there are, where no integration is called so: a slip of the pen must not look like "nothing". */
export const expectIntegration = async (
  name: string | undefined,
  operations: MensageriaClient,
  texts: Texts,
): Promise<Integration | undefined> => {
  if (name === undefined) return undefined
  const { items } = dataOf(await operations.GET('/v1/integrations'), texts, 'items')
  const found = items.find((integration) => integration.name === name)
  if (found) return found
  const names = items.map((integration) => integration.name)
  throw new CliError(EXIT.usage, texts.errors.noIntegration(name, names.join(', ')))
}
