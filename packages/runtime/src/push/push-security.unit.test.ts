import { ConfigError } from '../base/config.ts'
import { loadHandOverSecurity, loadPushSecurity } from './push-security.ts'

const env = {
  K_SERVICE: 'dmitri',
  PUSH_AUDIENCE: 'https://dmitri.example.com',
  PUSH_SERVICE_ACCOUNT: 'push-dmitri@p.iam.gserviceaccount.com',
  PUSH_SIGNATURE: 'platform',
  SWEEPER_SERVICE_ACCOUNT: 'sweeper@p.iam.gserviceaccount.com',
}

test('the accounts that may call are read from the environment', () => {
  expect(loadHandOverSecurity(env)).toEqual({
    audience: env.PUSH_AUDIENCE,
    pushAccount: env.PUSH_SERVICE_ACCOUNT,
    signature: 'platform',
    sweeperAccount: env.SWEEPER_SERVICE_ACCOUNT,
  })
  expect(loadPushSecurity(env)).not.toHaveProperty('sweeperAccount')
})

test.each(['PUSH_AUDIENCE', 'PUSH_SERVICE_ACCOUNT', 'PUSH_SIGNATURE', 'SWEEPER_SERVICE_ACCOUNT'])(
  'without %s there is no start, and a sentence that names it',
  (name) => {
    expect(() => loadHandOverSecurity({ ...env, [name]: undefined })).toThrow(ConfigError)
    expect(() => loadHandOverSecurity({ ...env, [name]: undefined })).toThrow(`${name} is not set`)
    expect(() => loadHandOverSecurity({ ...env, [name]: '' })).toThrow(`${name} is empty`)
  },
)

test('an account is an e-mail, and a wrong one is not shown', () => {
  const wrong = { ...env, PUSH_SERVICE_ACCOUNT: 'a secret' }
  expect(() => loadPushSecurity(wrong)).toThrow(/^(?!.*a secret)[\s\S]*PUSH_SERVICE_ACCOUNT/)
})
