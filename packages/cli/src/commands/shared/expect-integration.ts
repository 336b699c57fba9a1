import type { MensageriaClient } from '@mensageria/client'
import { dataOf } from '../../answer.ts'
import { CliError } from '../../cli-error.ts'
import { EXIT } from '../../exit-codes.ts'
import type { Texts } from '../../language/language.ts'

/** Throws, with the names that there are, where no integration is called so: a slip of the pen must not look like "nothing". */
export const expectIntegration = async (
  name: string | undefined,
  operations: MensageriaClient,
  texts: Texts,
): Promise<void> => {
  if (name === undefined) return
  const { items } = dataOf(await operations.GET('/v1/integrations'), texts)
  const names = items.map((integration) => integration.name)
  if (!names.includes(name))
    throw new CliError(EXIT.usage, texts.errors.noIntegration(name, names.join(', ')))
}
