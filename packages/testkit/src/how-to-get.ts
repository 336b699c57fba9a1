/** How to get what some tests need besides Node and npm, for error texts and the preflight. */
export const HOW_TO_GET = {
  emulators:
    'install gcloud, its emulators ("gcloud components install beta pubsub-emulator cloud-firestore-emulator") and Java; or ' +
    'run them from the image gcr.io/google.com/cloudsdktool/google-cloud-cli:emulators or with "npx firebase-tools ' +
    'emulators:start --only firestore,pubsub", and set both FIRESTORE_EMULATOR_HOST and PUBSUB_EMULATOR_HOST to where they ' +
    'listen (host:port): tests, "npm run dev" and the demo then use those',
  gcloud:
    'install gcloud, its emulators ("gcloud components install beta pubsub-emulator cloud-firestore-emulator") and Java',
  terraform:
    'install version 1.11 or newer (developer.hashicorp.com/terraform/install): one file to unpack onto PATH, in a minute',
  'google-provider':
    'give this machine a way to registry.terraform.io, or name a configuration with a mirror in TF_CLI_CONFIG_FILE',
  chromium: 'install it (Debian and Ubuntu: "apt-get install chromium"), or say where it is in CHROMIUM_PATH',
  rabbitmq:
    'install it (Debian and Ubuntu: "apt-get install rabbitmq-server"; macOS: "brew install rabbitmq"), with "rabbitmq-server" ' +
    'on PATH; as root on Debian the tests do it themselves',
  kafka: 'install Java 17 or newer and Maven ("java" and "mvn" on PATH): the tests fetch its jars themselves',
  moto: 'install Python 3.10 or newer with its modules venv and ensurepip (Debian: "apt-get install python3-venv"): the tests fetch moto themselves',
} as const
