import { EN } from '../language/texts-en.ts'
import { checkGrants } from './check-grants.ts'

const AGENT = 'serviceAccount:service-123@gcp-sa-pubsub.iam.gserviceaccount.com'
const TOPIC = 'projects/p/topics/distribution-center-events-dead-letter:getIamPolicy'
const SENNINHA = 'projects/p/subscriptions/senninha:getIamPolicy'
const MAAS = 'projects/p/subscriptions/maas:getIamPolicy'

const granted = (role: string, ...members: string[]) => ({ bindings: [{ role, members }] })
const AS_TERRAFORM_MAKES_IT: Record<string, object> = {
  [TOPIC]: granted('roles/pubsub.publisher', 'user:a@b.c', AGENT),
  [SENNINHA]: granted('roles/pubsub.subscriber', AGENT),
  [MAAS]: granted('roles/pubsub.subscriber', AGENT),
}
const check = (changed: Record<string, object> = {}) => {
  const policies = { ...AS_TERRAFORM_MAKES_IT, ...changed }
  const ask = async (path: string) => {
    const body = policies[path]
    return body === undefined ? { status: 404, body: {} } : { status: 200, body }
  }
  return checkGrants(ask, 'p', ['senninha', 'maas'], EN.doctor)
}

test('what is as terraform makes it is right', async () => {
  expect((await check()).map(({ level }) => level)).toEqual(['ok', 'ok', 'ok'])
})

test.each<[string, object]>([
  ['no binding', {}],
  ['another role', granted('roles/pubsub.viewer', AGENT)],
  ['the role of the other grant', granted('roles/pubsub.publisher', AGENT)],
  ['another account', granted('roles/pubsub.subscriber', 'serviceAccount:x@p.iam.gserviceaccount.com')],
  ['an account that is gone', granted('roles/pubsub.subscriber', `deleted:${AGENT}?uid=1`)],
])('defect 25: a subscription without its grant fails: %s', async (_name, policy) => {
  const found = await check({ [MAAS]: policy })
  expect(found.map(({ level }) => level)).toEqual(['ok', 'ok', 'fail'])
  expect(found[2]).toMatchObject({
    what: 'subscription maas',
    said: expect.stringContaining('roles/pubsub.subscriber'),
  })
})

test('so does a topic without its own', async () => {
  const found = await check({ [TOPIC]: granted('roles/pubsub.subscriber', AGENT) })
  expect(found.map(({ level }) => level)).toEqual(['fail', 'ok', 'ok'])
})

test('who may not look is told which role is needed', async () => {
  const found = await checkGrants(async () => ({ status: 403, body: {} }), 'p', ['maas'], EN.doctor)
  expect(found.map(({ said }) => said)).toEqual([EN.doctor.mayNotLook, EN.doctor.mayNotLook])
})
