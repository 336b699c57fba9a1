import { PLANNED } from '../support/terraform.ts'

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
  ...PLANNED.flatMap(ofIntegration),
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

const DMITRI = 'module.integration["dmitri"]'
const serviceOf = (name: string) => `module.integration["${name}"].module.service`

/** What is granted again by each run of terraform/tests/rows.tftest.hcl in which something is made again. */
export const GRANTED_AGAIN: Record<string, readonly string[]> = {
  replace_a_subscription: ['google_pubsub_subscription_iam_member.dead_letter_agent["dmitri"]'],
  replace_the_topics: [
    'google_pubsub_topic_iam_member.dead_letter_agent',
    'google_pubsub_topic_iam_member.publisher["console"]',
    'google_pubsub_topic_iam_member.publisher["registration"]',
    'google_pubsub_topic_iam_member.publisher["sweeper"]',
  ],
  replace_a_secret: [
    `${serviceOf('dmitri')}.google_secret_manager_secret_iam_member.accessor["DMITRI_TOKEN"]`,
  ],
  replace_services: [
    'google_iap_web_cloud_run_service_iam_member.console_user["group:operations@example.com"]',
    'module.console["console"].google_cloud_run_v2_service_iam_member.invoker["iap"]',
    `${serviceOf('dmitri')}.google_cloud_run_v2_service_iam_member.invoker["push"]`,
    `${serviceOf('dmitri')}.google_cloud_run_v2_service_iam_member.invoker["sweeper"]`,
  ],
  replace_accounts_of_an_integration: [
    `${DMITRI}.google_service_account_iam_member.token_creator`,
    `${serviceOf('dmitri')}.google_cloud_run_v2_service_iam_member.invoker["push"]`,
    `${serviceOf('dmitri')}.google_project_iam_member.firestore`,
    `${serviceOf('dmitri')}.google_secret_manager_secret_iam_member.accessor["DMITRI_TOKEN"]`,
  ],
  replace_the_account_of_the_sweeper: [
    'google_pubsub_topic_iam_member.publisher["sweeper"]',
    ...PLANNED.map((name) => `${serviceOf(name)}.google_cloud_run_v2_service_iam_member.invoker["sweeper"]`),
    'module.sweeper.google_project_iam_member.firestore',
  ],
}
