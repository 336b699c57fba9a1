import { refuseEmulator } from './refuse-emulator.ts'

const NAMES = ['FIRESTORE_EMULATOR_HOST', 'PUBSUB_EMULATOR_HOST'] as const
beforeEach(() => {
  for (const name of [...NAMES, 'K_SERVICE']) delete process.env[name]
})

test.each(NAMES)('%s is refused on Cloud Run', (name) => {
  process.env['K_SERVICE'] = 'registration'
  expect(() => refuseEmulator(name)).not.toThrow()
  process.env[name] = 'localhost:1'
  expect(() => refuseEmulator(name)).toThrow(`${name} is set in the Cloud Run service registration`)
})

test.each(NAMES)('%s is welcome elsewhere', (name) => {
  process.env[name] = 'localhost:1'
  expect(() => refuseEmulator(name)).not.toThrow()
})
