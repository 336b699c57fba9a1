import type { DistributionCenter } from '@mensageria/client'
import { dataOf } from '../../answer.ts'
import { CliError } from '../../cli-error.ts'
import type { Apis, Context } from '../../context.ts'
import { EXIT } from '../../exit-codes.ts'

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i
const CNPJ = /^[\dA-Z]{2}\.?[\dA-Z]{3}\.?[\dA-Z]{3}\/?[\dA-Z]{4}-?\d{2}$/i
const SHOWN_MAX = 10

/** The one center that a person means: by its id, or by CNPJ, code or the start of its name. */
export const findCenter = async (
  asked: string,
  { registration }: Apis,
  { texts }: Context,
): Promise<DistributionCenter> => {
  if (UUID.test(asked)) {
    const path = { id: asked.toLowerCase() }
    return dataOf(await registration.GET('/v1/distribution-centers/{id}', { params: { path } }), texts, 'id')
  }
  const q = CNPJ.test(asked) ? asked.replaceAll(/[./-]/g, '') : asked
  const query = { q, pageSize: SHOWN_MAX }
  const { items } = dataOf(
    await registration.GET('/v1/distribution-centers', { params: { query } }),
    texts,
    'items',
  )
  // A whole code or CNPJ is meant, also where it begins others.
  const exact = items.filter(({ code, taxId }) => code === asked || taxId === q.toUpperCase())
  const [found, ...others] = exact.length > 0 ? exact : items
  if (!found) throw new CliError(EXIT.rejected, texts.errors.notFound(asked))
  if (others.length === 0) return found
  const lines = items.map(({ id, name }) => `  ${id}  ${name}`)
  throw new CliError(EXIT.rejected, [texts.errors.ambiguous(asked, items.length), ...lines].join('\n'))
}
