import { DatabaseIdentity } from '@mensageria/contracts'
import { json, orUnavailable, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { RegistrationDeps } from '../registration-deps.ts'

const schema = {
  summary: 'Tell which database this is',
  description:
    'What somebody remembers of the centers holds for this database alone: an empty one has another identity.',
  tags: ['Distribution centers'],
  response: {
    200: json('The identity of the database', DatabaseIdentity),
    503: problem('unavailable'),
  },
}

/** GET /v1/identity */
export const identityRoute =
  ({ identity }: RegistrationDeps): AppPlugin =>
  (app) => {
    app.get('/v1/identity', { schema }, async () => ({
      database: await orUnavailable(identity.read()),
    }))
  }
