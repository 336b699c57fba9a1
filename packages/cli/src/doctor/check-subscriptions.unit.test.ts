import { EN } from '../language/texts-en.ts'
import { checkSubscriptions, DEAD_LETTERS } from './check-subscriptions.ts'

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
  [{ topic: '_deleted-topic_' }, 'fail', 'topic that is gone'],
  [{ deadLetterPolicy: { deadLetterTopic: '_deleted-topic_' } }, 'fail', 'topic that is gone'],
  [{ pushConfig: {} }, 'fail', 'no push endpoint'],
  [{ deadLetterPolicy: undefined }, 'fail', 'no dead-letter topic'],
  [{ retryPolicy: undefined, pushConfig: undefined }, 'fail', 'no push endpoint; has no retry policy'],
  [{ expirationPolicy: { ttl: '2678400s' } }, 'warn', '31 idle days'],
  [{ expirationPolicy: undefined }, 'warn', '31 idle days'],
])('%j: %s', (changed, level, said) => {
  expect(check(changed)[0]).toMatchObject({ level, said: expect.stringContaining(said) })
})
