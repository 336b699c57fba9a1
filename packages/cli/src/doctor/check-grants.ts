import { z } from 'zod'
import type { Texts } from '../language/language.ts'
import { DEAD_LETTERS } from './check-subscriptions.ts'
import { fail, ok, type Finding } from './finding.ts'

/** Asks Pub/Sub for what is at a path below `/v1/`. */
export type Ask = (path: string) => Promise<{ status: number; body: unknown }>

const Policy = z.looseObject({
  bindings: z
    .array(z.looseObject({ role: z.string(), members: z.array(z.string()).default([]) }))
    .default([]),
})

const AGENT = /^serviceAccount:service-\d+@gcp-sa-pubsub\.iam\.gserviceaccount\.com$/

const mayAgent = (policy: z.output<typeof Policy>, role: string): boolean =>
  policy.bindings.some((one) => one.role === role && one.members.some((member) => AGENT.test(member)))

/**
 * Whether Pub/Sub itself may move dead letters: publish them where they go, and take them off the subscription of each
 * integration. Without either they come again for ever, and nothing says so.
 */
export const checkGrants = async (
  ask: Ask,
  project: string,
  integrations: readonly string[],
  texts: Texts['doctor'],
): Promise<Finding[]> => {
  const check = async (what: string, path: string, role: string, right: string, wrong: string) => {
    const { status, body } = await ask(`projects/${project}/${path}:getIamPolicy`)
    if (status === 403) return fail(what, texts.mayNotLook)
    if (status !== 200) return fail(what, texts.answered(status))
    return mayAgent(Policy.parse(body), role) ? ok(what, right) : fail(what, wrong)
  }
  const { agentMay, agentMayNot, agentMayTake, agentMayNotTake } = texts
  return Promise.all([
    check(DEAD_LETTERS, `topics/${DEAD_LETTERS}`, 'roles/pubsub.publisher', agentMay, agentMayNot),
    ...integrations.map((name) =>
      check(
        texts.subscription(name),
        `subscriptions/${name}`,
        'roles/pubsub.subscriber',
        agentMayTake,
        agentMayNotTake,
      ),
    ),
  ])
}
