import { EN } from '../language/texts-en.ts'
import { checkDeadLetterGrant, checkSubscriptions, DEAD_LETTERS, Policy } from './check-subscriptions.ts'

const right = {
  name: 'projects/p/subscriptions/maas',
  pushConfig: { pushEndpoint: 'https://maas.example.com/push' },
  retryPolicy: { minimumBackoff: '10s' },
  deadLetterPolicy: { deadLetterTopic: 'projects/p/topics/x' },
  expirationPolicy: {},
}
const deadLetters = {
  ...right,
  name: `projects/p/subscriptions/${DEAD_LETTERS}`,
  deadLetterPolicy: undefined,
}
const check = (changed: object) =>
  checkSubscriptions(['maas'], [{ ...right, ...changed }, deadLetters], EN.doctor)

test('what is as terraform makes it is right', () => {
  expect(check({}).map(({ level }) => level)).toEqual(['ok', 'ok'])
})

test.each<[object, string, string]>([
  [{ name: 'projects/p/subscriptions/other' }, 'fail', 'is missing'],
  [{ pushConfig: {} }, 'fail', 'no push endpoint'],
  [{ deadLetterPolicy: undefined }, 'fail', 'no dead-letter topic'],
  [{ retryPolicy: undefined, pushConfig: undefined }, 'fail', 'no push endpoint; has no retry policy'],
  [{ expirationPolicy: { ttl: '2678400s' } }, 'warn', '31 idle days'],
  [{ expirationPolicy: undefined }, 'warn', '31 idle days'],
])('%j: %s', (changed, level, said) => {
  expect(check(changed)[0]).toMatchObject({ level, said: expect.stringContaining(said) })
})

test("Pub/Sub's own account must be a publisher of the dead-letter topic", () => {
  const role = 'roles/pubsub.publisher'
  const agent = 'serviceAccount:service-123@gcp-sa-pubsub.iam.gserviceaccount.com'
  const levelOf = (bindings: object[]) => checkDeadLetterGrant(Policy.parse({ bindings }), EN.doctor).level
  expect(levelOf([{ role, members: ['user:a@b.c', agent] }])).toBe('ok')
  expect(levelOf([])).toBe('fail')
  expect(levelOf([{ role: 'roles/pubsub.viewer', members: [agent] }])).toBe('fail')
  expect(levelOf([{ role, members: ['serviceAccount:x@p.iam.gserviceaccount.com'] }])).toBe('fail')
})
