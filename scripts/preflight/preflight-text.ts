import { HOW_TO_GET } from '@mensageria/testkit/how-to-get'
import type { Part } from '@mensageria/testkit/parts'

const NAMES: Record<Part, string> = {
  emulators: 'The Pub/Sub and Firestore emulators',
  gcloud: 'gcloud with its emulators',
  terraform: 'Terraform',
  'google-provider': "Terraform's google provider",
  chromium: 'Chromium',
  rabbitmq: 'RabbitMQ',
  kafka: 'Kafka',
  moto: 'SNS and SQS (moto)',
}

const SKIPPED: Record<Part, string> = {
  emulators: 'the tests of the Google Cloud engine are skipped',
  gcloud: 'the tests that stop an emulator are skipped',
  terraform: "Terraform's own tests are skipped",
  'google-provider': "Terraform's own tests are skipped",
  chromium: 'the tests of the page are skipped',
  rabbitmq: 'the tests of destinations on RabbitMQ are skipped',
  kafka: 'the tests of destinations on Kafka are skipped',
  moto: 'the tests of destinations on SNS and SQS are skipped',
}

// Who has no emulators needs gcloud for those, and who has no Terraform does not miss its provider.
const IMPLIED: Partial<Record<Part, Part>> = { gcloud: 'emulators', 'google-provider': 'terraform' }

const TIME =
  'The whole run takes about 11 minutes on 2 cores and shows where it is at least every 20 s; "npm run test:unit" alone takes 15 s.'

/** One paragraph before the first minute: what this machine lacks, how to get it, and what happens without it. */
export const preflightText = (missing: readonly Part[], isCi: boolean): string => {
  const named = missing.filter((part) => {
    const by = IMPLIED[part]
    return by === undefined || !missing.includes(by)
  })
  if (named.length === 0) return `Preflight: this machine has all that the tests need. ${TIME}`
  const parts = named.map((part) => {
    const without = isCi ? '' : ` Without it ${SKIPPED[part]}.`
    return `${NAMES[part]}: ${HOW_TO_GET[part]}.${without}`
  })
  const then = isCi
    ? 'With CI=true nothing is skipped: the run ends here.'
    : `Nothing but the brokers is installed without being asked for; skipped tests are counted as skipped in the last line, and with CI=true this is a failure. ${TIME}`
  return `Preflight: this machine lacks ${named.length} of what the tests need. ${parts.join(' ')} ${then}`
}
