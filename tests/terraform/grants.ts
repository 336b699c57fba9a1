const PROJECT = 'mensageria-test'
const agent = (name: string) => `serviceAccount:service-123456789012@gcp-sa-${name}.iam.gserviceaccount.com`
const account = (id: string) => `serviceAccount:${id}@${PROJECT}.iam.gserviceaccount.com`

const ONE_DATABASE = `resource.name == "projects/${PROJECT}/databases/mensageria"`

const firestore = (service: string) =>
  `project: roles/datastore.user to ${account(`${service}-run`)} if ${ONE_DATABASE}`
const invoker = (service: string, member: string) => `service ${service}: roles/run.invoker to ${member}`
const tokenCreator = (id: string) =>
  `account ${id}: roles/iam.serviceAccountTokenCreator to ${agent('pubsub')}`

const TOPIC = 'distribution-center-events'

const ofIntegration = (name: string): string[] => [
  // Its ledger rows.
  firestore(name),
  // Its own token for the downstream system, and no other's.
  `secret ${name}-token: roles/secretmanager.secretAccessor to ${account(`${name}-run`)}`,
  // Pushes of its own subscription, and what the sweeper hands over.
  invoker(name, account(`${name}-push`)),
  invoker(name, account('sweeper-run')),
  // Pub/Sub signs in as the push account.
  tokenCreator(`${name}-push`),
  // Pub/Sub takes a dead letter off its subscription.
  `subscription ${name}: roles/pubsub.subscriber to ${agent('pubsub')}`,
]

/** Every grant there is, each with its reason; a grant that is not in here is a defect. */
export const GRANTS: readonly string[] = [
  ...['senninha', 'maas', 'dmitri'].flatMap(ofIntegration),
  // Centers and their events; the publish that follows; the tools that register.
  firestore('registration'),
  `topic ${TOPIC}: roles/pubsub.publisher to ${account('registration-run')}`,
  invoker('registration', 'group:internal-tools@example.com'),
  // Parks rows; is pushed to.
  firestore('dead-letter'),
  invoker('dead-letter', account('dead-letter-push')),
  tokenCreator('dead-letter-push'),
  // Reads what is open, publishes it again; is called every minute.
  firestore('sweeper'),
  `topic ${TOPIC}: roles/pubsub.publisher to ${account('sweeper-run')}`,
  invoker('sweeper', account('sweeper-scheduler')),
  // Reads the ledger, writes redrives and pauses, and registers; people come through IAP.
  firestore('console'),
  `topic ${TOPIC}: roles/pubsub.publisher to ${account('console-run')}`,
  invoker('console', agent('iap')),
  'console: roles/iap.httpsResourceAccessor to group:operations@example.com',
  // Pub/Sub puts a dead letter where dead letters go.
  `topic ${TOPIC}-dead-letter: roles/pubsub.publisher to ${agent('pubsub')}`,
]
