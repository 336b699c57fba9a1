/** Throws where an emulator host is set on Cloud Run: what is accepted there must never go to a store that forgets. */
export const refuseEmulator = (variable: 'FIRESTORE_EMULATOR_HOST' | 'PUBSUB_EMULATOR_HOST'): void => {
  const service = process.env['K_SERVICE']
  if (!process.env[variable] || !service) return
  throw new Error(
    `${variable} is set in the Cloud Run service ${service}: remove it, emulators lose their data`,
  )
}
