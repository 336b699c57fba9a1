import { isOnCloudRun, refuseEmulators } from './cloud-run.ts'

const env = { K_SERVICE: 'dmitri' }

test.each(['PUBSUB_EMULATOR_HOST', 'FIRESTORE_EMULATOR_HOST'])(
  '%s is refused on Cloud Run, and nowhere else',
  (name) => {
    expect(() => refuseEmulators({ ...env, [name]: 'localhost:8085' })).toThrow(name)
    expect(() => refuseEmulators({ [name]: 'localhost:8085' })).not.toThrow()
    expect(() => refuseEmulators({ ...env, [name]: '' })).not.toThrow()
  },
)

test.each([
  [{ K_SERVICE: 'dmitri' }, true],
  [{ K_SERVICE: '' }, false],
  [{}, false],
])('%j is on Cloud Run: %s', (environment, expected) => {
  expect(isOnCloudRun(environment)).toBe(expected)
})
