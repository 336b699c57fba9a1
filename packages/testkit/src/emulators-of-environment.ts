/** Where both emulators listen, as `host:port`. */
export type EmulatorHosts = { firestore: string; pubsub: string }

/** The emulators that FIRESTORE_EMULATOR_HOST and PUBSUB_EMULATOR_HOST name; undefined unless both are set. */
export const emulatorsOfEnvironment = (): EmulatorHosts | undefined => {
  const { FIRESTORE_EMULATOR_HOST: firestore, PUBSUB_EMULATOR_HOST: pubsub } = process.env
  return firestore && pubsub ? { firestore, pubsub } : undefined
}
