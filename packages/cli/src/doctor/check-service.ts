import { RedirectError, refuseRedirect, type Integration, type MensageriaClient } from '@mensageria/client'
import { HEALTH_WORDS, INTEGRATION_KIND_WORDS, labelOf } from '@mensageria/contracts/words'
import { connect, type Context, type GlobalArgs } from '../context.ts'
import { explainError } from '../explain-error.ts'
import { reasonOf } from '../answer.ts'
import { systemLabel } from '../commands/shared/system-labels.ts'
import { wordOf } from '../language/word-of.ts'
import { fail, ok, warn, type Finding } from './finding.ts'

const READY_MS = 3_000

const checkReady = async (url: string, context: Context): Promise<Finding> => {
  const { doctor } = context.texts
  try {
    const answer = await fetch(`${url}/health/ready`, {
      redirect: 'manual',
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(READY_MS)]),
    })
    refuseRedirect(url, answer)
    if (answer.ok) return ok(url, doctor.ready)
    return fail(url, answer.status === 503 ? doctor.notReady : doctor.otherProgram(answer.status))
  } catch (error) {
    if (error instanceof RedirectError) return fail(url, explainError(error, context.texts).message)
    return fail(url, doctor.unreachable)
  }
}

const checkCaller = async (args: GlobalArgs, context: Context): Promise<Finding> => {
  const { texts } = context
  const { doctor } = texts
  const { data, error, response } = await connect(args, context).operations.GET('/v1/me')
  if (!data) return fail(doctor.who, texts.errors.signIn(reasonOf(error, response.status, texts)))
  const roles = data.roles.join(', ')
  if (data.roles.length === 0) return fail(doctor.who, doctor.noRoles(data.id))
  return ok(doctor.who, data.signedIn ? doctor.signedIn(data.id, roles) : doctor.nobodySignsIn)
}

/** What the service finds at a destination; nothing where it has no question for it, or does not know this one. */
const askTarget = async (
  { name, kind }: Integration,
  operations: MensageriaClient,
  { doctor }: Context['texts'],
) => {
  if (kind === 'code') return undefined
  const { data } = await operations.POST('/v1/integrations/{name}:check', { params: { path: { name } } })
  if (data?.state === 'there') return { isWrong: false, said: doctor.targetThere }
  if (data?.failure) return { isWrong: true, said: `${data.failure.cause}: ${data.failure.message}` }
  return undefined
}

const checkIntegrations = async (args: GlobalArgs, context: Context): Promise<Finding[]> => {
  const { language, texts } = context
  const { operations } = connect(args, context)
  const { data } = await operations.GET('/v1/integrations')
  const findings = (data?.items ?? []).map(async (integration): Promise<Finding> => {
    const { name, kind, target, health, lastFailure, simulated } = integration
    const found = await askTarget(integration, operations, texts)
    const cause = lastFailure && health !== 'healthy' ? ` (${lastFailure.cause})` : ''
    const level = !simulated && (health === 'healthy' || health === 'recovering') ? ok : warn
    const where = target === undefined ? '' : `, ${labelOf(INTEGRATION_KIND_WORDS[kind], language)} ${target}`
    const said = [
      `${wordOf(HEALTH_WORDS[health], language)}${cause}${where}`,
      ...(simulated ? [texts.doctor.simulated(name)] : []),
      ...(found ? [found.said] : []),
    ].join('; ')
    return (found?.isWrong ? fail : level)(systemLabel(integration), said)
  })
  return Promise.all(findings)
}

/** Looks at the service as it answers: is it there, who are we for it, how do the systems fare. */
export const checkService = async (args: GlobalArgs, context: Context): Promise<Finding[]> => {
  // Throws where an address is none.
  connect(args, context)
  const urls = [...new Set([args.url, args.consoleUrl ?? args.url])]
  const found = await Promise.all(urls.map((url) => checkReady(url, context)))
  if (found.some(({ level }) => level === 'fail')) return found
  try {
    return [...found, await checkCaller(args, context), ...(await checkIntegrations(args, context))]
  } catch (error) {
    return [...found, fail(context.texts.doctor.who, explainError(error, context.texts).message)]
  }
}
