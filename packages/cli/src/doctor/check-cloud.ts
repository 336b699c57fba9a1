import { readFile } from 'node:fs/promises'
import { RedirectError, refuseRedirect } from '@mensageria/client'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { checkGrants, type Ask } from './check-grants.ts'
import { checkSubscriptions, Subscription } from './check-subscriptions.ts'
import { fail, ok, type Finding } from './finding.ts'

const LIST = 'terraform/integrations.auto.tfvars.json'
const List = z.looseObject({ integrations: z.record(z.string(), z.unknown()) })
const Page = z.looseObject({ subscriptions: z.array(Subscription).default([]) })
const CALL_MS = 5_000

// Google's library is loaded only where there is a project to look at.
const accessToken = async (): Promise<string> => {
  const { GoogleAuth } = await import('google-auth-library')
  const clientOptions = { transporterOptions: { redirect: 'error' as const } }
  const auth = new GoogleAuth({ scopes: 'https://www.googleapis.com/auth/cloud-platform', clientOptions })
  return (await auth.getAccessToken()) ?? ''
}

const asker =
  (baseUrl: string, token: string | undefined): Ask =>
  async (path) => {
    const url = `${baseUrl}/v1/${path}`
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(CALL_MS),
    })
    refuseRedirect(url, answer)
    const body: unknown = await answer.json()
    return { status: answer.status, body }
  }

const checkPubSub = async (
  ask: Ask,
  project: string,
  withGrants: boolean,
  context: Context,
): Promise<Finding[]> => {
  const { doctor } = context.texts
  const list = context.env['INTEGRATIONS_FILE'] ?? LIST
  const integrations = Object.keys(List.parse(JSON.parse(await readFile(list, 'utf8'))).integrations)
  const { status, body } = await ask(`projects/${project}/subscriptions?pageSize=1000`)
  if (status === 403) return [fail('Pub/Sub', doctor.mayNotLook)]
  if (status !== 200) return [fail('Pub/Sub', doctor.answered(status))]
  const found = checkSubscriptions(integrations, Page.parse(body).subscriptions, doctor)
  return withGrants ? [...found, ...(await checkGrants(ask, project, integrations, doctor))] : found
}

const checkFirestore = async (host: string, { texts: { doctor } }: Context): Promise<Finding> => {
  const answer = await fetch(`http://${host}/`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(CALL_MS),
  }).catch(() => undefined)
  return answer?.ok === true
    ? ok(`Firestore ${host}`, doctor.ready)
    : fail(`Firestore ${host}`, doctor.noEmulator)
}

/** Looks at the emulators where they are configured, else at the project; nothing where neither is. */
export const checkCloud = async (context: Context): Promise<Finding[]> => {
  const { env, texts } = context
  const { doctor } = texts
  const project = env['GOOGLE_CLOUD_PROJECT'] ?? ''
  const [pubsub = '', firestore = ''] = [env['PUBSUB_EMULATOR_HOST'], env['FIRESTORE_EMULATOR_HOST']]
  const found = firestore === '' ? [] : [await checkFirestore(firestore, context)]
  if (pubsub === '' && project === '') return found
  if (project === '') return [...found, fail('GOOGLE_CLOUD_PROJECT', doctor.noProject)]
  try {
    const isEmulator = pubsub !== ''
    const ask = isEmulator
      ? asker(`http://${pubsub}`, undefined)
      : asker('https://pubsub.googleapis.com', await accessToken())
    return [...found, ...(await checkPubSub(ask, project, !isEmulator, context))]
  } catch (error) {
    if (error instanceof RedirectError)
      return [...found, fail('Pub/Sub', texts.errors.redirect(error.origin, error.status, error.host))]
    const [what, said] =
      pubsub === '' ? [project, doctor.noCredentials] : [`Pub/Sub ${pubsub}`, doctor.noEmulator]
    return [...found, fail(what, said)]
  }
}
