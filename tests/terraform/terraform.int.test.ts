import { horizonHours, toSettings } from '@mensageria/core'
import { IntegrationPolicy, IntegrationsFile } from '@mensageria/contracts'
import {
  createLogger,
  createSystemClock,
  loadHandOverSecurity,
  loadPushSecurity,
  loadSignIn,
} from '@mensageria/runtime'
import { createTopology } from '@mensageria/google-cloud/topology'
import { listedSystems } from '@mensageria/simulator/listed'
import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { newProjectId } from '../support/cloud.ts'
import {
  DEPLOYED,
  PLANNED,
  prepareConfiguration,
  ROOT,
  runTerraform,
  testConfiguration,
  type Configuration,
  type Resource,
  type TestReport,
} from '../support/terraform.ts'
import { GRANTED_AGAIN, GRANTS } from './grants.ts'

const FILE = join(ROOT, 'terraform/integrations.auto.tfvars.json')
const listed = IntegrationsFile.parse(JSON.parse(readFileSync(FILE, 'utf8'))).integrations
const rows = Object.fromEntries(PLANNED.map((name) => [name, IntegrationPolicy.parse({})]))

const { describe } = needs('google-provider')

describe('with the provider', () => {
  let configuration: Configuration
  let report: TestReport
  beforeAll(async () => {
    configuration = await prepareConfiguration()
    report = await testConfiguration(configuration.dir)
  }, 500_000)
  afterAll(() => configuration.remove())

  test('the configuration is valid', async () => {
    const { code, output } = await runTerraform(configuration.dir, ['validate', '-no-color'], 60_000)
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('The configuration is valid'),
    })
  })

  test('every run of terraform test passes', () => {
    const failed = [...report.statuses].filter(([, status]) => status !== 'pass')
    expect({ failed, faults: failed.length > 0 ? report.faults : [] }).toEqual({ failed: [], faults: [] })
    expect(report.statuses.size).toBeGreaterThan(30)
  })

  describe('rights', () => {
    const text = z.string()
    const ACCOUNTS = 'mensageria-test.iam.gserviceaccount.com'
    const emailOf = (email: string) => email.replace(/^.*\//, '')
    const conditionOf = (values: Resource['values']) => {
      const [condition] = z.array(z.object({ expression: text })).parse(values['condition'] ?? [])
      return condition ? ` if ${condition.expression}` : ''
    }
    const ACCOUNT_OF = /^module\.integration\["(.+)"\]/
    const targetOf = ({ type, address, values }: Resource): string => {
      switch (type) {
        case 'google_project_iam_member':
          return 'project'
        case 'google_cloud_run_v2_service_iam_member':
          return `service ${text.parse(values['name'])}`
        case 'google_pubsub_topic_iam_member':
          return `topic ${text.parse(values['topic'])}`
        case 'google_pubsub_subscription_iam_member':
          return `subscription ${text.parse(values['subscription'])}`
        case 'google_secret_manager_secret_iam_member':
          return `secret ${text.parse(values['secret_id'])}`
        // The id of an account is the provider's to give: who it is of shows in the address.
        case 'google_service_account_iam_member':
          return `account ${ACCOUNT_OF.exec(address)?.[1] ?? 'dead-letter'}-push`
        case 'google_iap_web_cloud_run_service_iam_member':
          return text.parse(values['cloud_run_service_name'])
        default:
          return `${type} is a kind of grant that nobody expects`
      }
    }
    const grantOf = (resource: Resource) =>
      `${targetOf(resource)}: ${text.parse(resource.values['role'])} to ${emailOf(text.parse(resource.values['member']))}${conditionOf(resource.values)}`

    test('every grant is known with its reason, and there are no others', () => {
      const grants = report.resources('three').filter(({ type }) => type.includes('_iam_'))
      expect(grants.map(grantOf).toSorted()).toEqual([...GRANTS].toSorted())
    })

    test('a destination holds the ledger, its own secrets and, of a topic here, the right to publish', () => {
      const grantsOf = (name: string) =>
        report
          .resources('one_of_each_kind')
          .filter(
            ({ type, values }) =>
              type.includes('_iam_') && values['member'] === `serviceAccount:${name}-run@${ACCOUNTS}`,
          )
          .map((resource) => `${targetOf(resource)}: ${text.parse(resource.values['role'])}`)
          .toSorted()
      const read = (secret: string) => `secret ${secret}: roles/secretmanager.secretAccessor`
      const ledger = 'project: roles/datastore.user'
      expect(
        Object.fromEntries(['audit', 'reports', 'erp', 'partner'].map((name) => [name, grantsOf(name)])),
      ).toEqual({
        audit: [ledger, 'topic audit: roles/pubsub.publisher'],
        reports: [ledger],
        erp: [ledger, read('erp-ca'), read('erp-password'), read('erp-username')],
        partner: [ledger],
      })
    })

    test.each(['three', 'one_of_each_kind'])(
      '%s: nobody is everybody, no role is primitive, and no account has a key',
      (run) => {
        const resources = report.resources(run)
        const values = JSON.stringify(resources)
        expect(values).not.toMatch(/allUsers|allAuthenticatedUsers|roles\/(owner|editor|viewer)"/)
        expect(resources.filter(({ type }) => /_key$|_hmac_|_iam_(policy|binding)/.test(type))).toEqual([])
      },
    )

    test('no value of a secret is in the state', () => {
      expect(report.resources('three').filter(({ type }) => type.includes('secret_version'))).toEqual([])
    })

    test('a push account is never the account that a service runs as', () => {
      const ids = report
        .resources('three')
        .filter(({ type }) => type === 'google_service_account')
        .map(({ values }) => text.parse(values['account_id']))
      expect(ids.toSorted()).toEqual(
        [
          ...PLANNED.flatMap((name) => [`${name}-push`, `${name}-run`]),
          'console-run',
          'dead-letter-push',
          'dead-letter-run',
          'registration-run',
          'sweeper-run',
          'sweeper-scheduler',
        ].toSorted(),
      )
    })
  })

  describe('a row of the list', () => {
    const isOf = (name: string) => (address: string) =>
      address.includes(`"${name}"`) || address === 'module.sweeper.google_cloud_run_v2_service.this'

    test('adds an integration, and touches nothing but the sweeper, which is told its address', () => {
      const { create = [], ...others } = report.changes('add_one_row')
      expect(others).toEqual({ update: ['module.sweeper.google_cloud_run_v2_service.this'] })
      expect(create.filter((address) => !isOf('billing')(address))).toEqual([])
      expect(create).toContain('module.messaging.google_pubsub_subscription.integration["billing"]')
    })

    test('takes one away, and touches nothing else', () => {
      const { delete: gone = [], ...others } = report.changes('remove_one_row')
      expect(others).toEqual({ update: ['module.sweeper.google_cloud_run_v2_service.this'] })
      expect(gone.filter((address) => !isOf('dmitri')(address))).toEqual([])
    })

    test('that is the same changes nothing', () => {
      expect(report.changes('apply_again')).toEqual({})
    })
  })

  describe('defect 25: what is made again is granted again', () => {
    test.each(Object.entries(GRANTED_AGAIN))('%s', (run, grants) => {
      const { 'delete+create': made = [] } = report.changes(run)
      expect(made.filter((address) => address.includes('_iam_')).toSorted()).toEqual(grants.toSorted())
    })
  })

  describe('and the code', () => {
    const Env = z.array(
      z.object({ name: z.string(), value: z.string().nullable(), value_source: z.array(z.unknown()) }),
    )
    const environmentOf = (service: string, run = 'three'): Record<string, string> => {
      const found = report
        .resources(run)
        .find(({ type, values }) => type === 'google_cloud_run_v2_service' && values['name'] === service)
      const [template] = z
        .array(z.looseObject({ containers: z.array(z.looseObject({ env: Env })) }))
        .parse(found?.values['template'])
      const env = template?.containers[0]?.env ?? []
      return Object.fromEntries(env.map(({ name, value }) => [name, value ?? 'from a secret']))
    }
    const urlOf = (service: string) => `https://${service}-123456789012.southamerica-east1.run.app`
    const COMMON = {
      GOOGLE_CLOUD_PROJECT: 'mensageria-test',
      FIRESTORE_DATABASE: 'mensageria',
      LOG_LEVEL: 'info',
    }

    test('every service of the workspace is deployed; a destination for each row with a kind alone', () => {
      const services = report
        .resources('three')
        .filter(({ type }) => type === 'google_cloud_run_v2_service')
        .map(({ values }) => values['name'])
      // The plan has rows of its own: an integration by code that came since is not among them.
      const byCode = new Set(listedSystems())
      const expected = DEPLOYED.filter((name) => name !== 'destination' && !byCode.has(name))
      expect(new Set(services)).toEqual(new Set([...expected, ...PLANNED]))
    })

    test.each(PLANNED)('%s gets exactly the variables that it reads', (name) => {
      const env = environmentOf(name)
      const prefix = name.toUpperCase()
      expect(env).toEqual({
        ...COMMON,
        INTEGRATION: name,
        [`${prefix}_URL`]: `https://${name}.example.com`,
        [`${prefix}_TOKEN`]: 'from a secret',
        PUSH_AUDIENCE: urlOf(name),
        PUSH_SERVICE_ACCOUNT: `${name}-push@mensageria-test.iam.gserviceaccount.com`,
        PUSH_SIGNATURE: 'platform',
        SWEEPER_SERVICE_ACCOUNT: 'sweeper-run@mensageria-test.iam.gserviceaccount.com',
      })
      expect(loadHandOverSecurity(env)).toMatchObject({ audience: urlOf(name), signature: 'platform' })
    })

    test.each([
      ['dmitri', ['DMITRI_CERT_FILE', 'DMITRI_KEY_FILE', 'DMITRI_URL', 'INTEGRATION']],
      ['portal', ['DESTINATION', 'PORTAL_AUTH', 'PORTAL_SECRET']],
      ['erp', ['DESTINATION', 'ERP_CA_FILE', 'ERP_PASSWORD', 'ERP_USERNAME', 'INTEGRATION_TARGETS']],
      ['lake', ['DESTINATION', 'LAKE_PASSWORD', 'LAKE_USERNAME']],
      ['stream', ['DESTINATION']],
      ['partner', ['DESTINATION']],
      ['wms', ['DESTINATION']],
      ['reports', ['DESTINATION']],
    ])('%s, by its kind and way to authenticate, gets %j besides', (name, variables) => {
      const env = environmentOf(name, 'one_of_each_kind')
      const common = [...Object.keys(COMMON), 'PUSH_AUDIENCE', 'PUSH_SERVICE_ACCOUNT', 'PUSH_SIGNATURE']
      expect(Object.keys(env).toSorted()).toEqual(
        [...common, 'SWEEPER_SERVICE_ACCOUNT', ...variables].toSorted(),
      )
      expect(env['DESTINATION'] ?? env['INTEGRATION']).toBe(name)
      for (const [variable, value] of Object.entries(env)) {
        if (/_(PASSWORD|USERNAME|SECRET)$/.test(variable)) expect(value).toBe('from a secret')
        if (variable.endsWith('_FILE')) expect(value).toMatch(/^\/secrets\/[a-z-]+\/[a-z-]+\.pem$/)
      }
    })

    test('what an environment says of a target is told to its process and to the console, and to no other', () => {
      const told = Object.keys(report.outputs('one_of_each_kind')['retry_horizon_hours'] ?? {})
        .concat('console', 'registration', 'sweeper')
        .flatMap((name) => environmentOf(name, 'one_of_each_kind')['INTEGRATION_TARGETS'] ?? [])
      expect(told).toEqual(
        Array.from({ length: 2 }, () => '{"erp":{"url":"amqps://rabbit.staging.example"}}'),
      )
    })

    test('each file is a secret of a pinned version, where its variable says', () => {
      const Mount = z.looseObject({ name: z.string(), mount_path: z.string() })
      const Volume = z.looseObject({
        name: z.string(),
        secret: z.array(
          z.looseObject({
            secret: z.string(),
            items: z.array(z.looseObject({ path: z.string(), version: z.string() })),
          }),
        ),
      })
      const Template = z.looseObject({
        volumes: z.array(Volume),
        containers: z.array(z.looseObject({ volume_mounts: z.array(Mount) })),
      })
      const found = report
        .resources('one_of_each_kind')
        .find(({ type, values }) => type === 'google_cloud_run_v2_service' && values['name'] === 'dmitri')
      const [template] = z.array(Template).parse(found?.values['template'])
      expect(template?.volumes.map(({ secret }) => secret[0])).toMatchObject([
        { secret: 'dmitri-cert', items: [{ path: 'dmitri-cert.pem', version: '1' }] },
        { secret: 'dmitri-key', items: [{ path: 'dmitri-key.pem', version: '1' }] },
      ])
      expect(template?.containers[0]?.volume_mounts.map(({ mount_path: path }) => path)).toEqual([
        '/secrets/dmitri-cert',
        '/secrets/dmitri-key',
      ])
    })

    test('who is to call from one address sends everything through the network, as the sweeper does, and nobody else', () => {
      const Service = z.object({
        name: z.string(),
        template: z.array(z.looseObject({ vpc_access: z.array(z.looseObject({ egress: z.string() })) })),
      })
      const through = report
        .resources('one_of_each_kind')
        .filter(({ type }) => type === 'google_cloud_run_v2_service')
        .map(({ values }) => Service.parse(values))
        .flatMap(({ name, template }) =>
          (template[0]?.vpc_access ?? []).map(({ egress }) => `${name}: ${egress}`),
        )
      expect(through.toSorted()).toEqual(['erp: ALL_TRAFFIC', 'sweeper: ALL_TRAFFIC'])
    })

    test('the other services get theirs', () => {
      expect(environmentOf('sweeper')).toEqual({
        ...COMMON,
        ...Object.fromEntries(PLANNED.map((name) => [`${name.toUpperCase()}_PUSH_URL`, urlOf(name)])),
      })
      const signIn = { API_AUTH: 'google', API_ROLES: expect.any(String) }
      const registration = environmentOf('registration')
      expect(registration).toEqual({ ...COMMON, ...signIn, API_AUDIENCE: urlOf('registration') })
      const console = environmentOf('console')
      const API_IAP_AUDIENCE = '/projects/123456789012/locations/southamerica-east1/services/console'
      expect(console).toEqual({ ...COMMON, ...signIn, API_IAP_AUDIENCE })
      expect(loadPushSecurity(environmentOf('dead-letter'))).toMatchObject({
        audience: urlOf('dead-letter'),
        pushAccount: 'dead-letter-push@mensageria-test.iam.gserviceaccount.com',
      })
    })

    test.each(['registration', 'console'])(
      '%s starts with its sign-in, and knows the roles',
      async (name) => {
        const env = { ...environmentOf(name), K_SERVICE: name }
        const logger = createLogger({ level: 'silent', service: name })
        const signIn = await loadSignIn(env, { host: '0.0.0.0', clock: createSystemClock(), logger })
        expect(signIn).toMatchObject({
          kind: 'google',
          roles: { read: ['@example.com'], register: [], operate: ['ana@example.com'] },
        })
      },
    )

    const hoursOf = (policies: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(policies).map(([name, policy]) => {
          const gaps = { minIntervalMs: 1, maxIntervalMs: 1 }
          const { retry } = toSettings(name, IntegrationPolicy.parse(policy), gaps)
          return [name, expect.closeTo(horizonHours(retry), 9)]
        }),
      )

    test('they agree on how long the broker tries', () => {
      expect(report.outputs('three')['retry_horizon_hours']).toEqual(hoursOf(rows))
      expect(report.plannedOutputs('every_row')['retry_horizon_hours']).toEqual(hoursOf(listed))
      expect(report.plannedOutputs('odd_policies')['retry_horizon_hours']).toEqual(
        hoursOf({
          senninha: { min_backoff_seconds: 0, max_backoff_seconds: 0 },
          maas: { min_backoff_seconds: 1, max_backoff_seconds: 60, max_delivery_attempts: 5 },
          dmitri: { min_backoff_seconds: 0.5, max_backoff_seconds: 600, max_delivery_attempts: 37 },
        }),
      )
    })

    test('they agree on the time budget of a push', async () => {
      const { CALL_MS, HANDLER_MS, ACK_DEADLINE_MS, LEASE_MS } = await import('@mensageria/core')
      expect(report.outputs('three')['time_budget']).toEqual({
        call_seconds: CALL_MS / 1000,
        handler_seconds: HANDLER_MS / 1000,
        ack_deadline_seconds: ACK_DEADLINE_MS / 1000,
        lease_seconds: LEASE_MS / 1000,
      })
    })

    const Subscription = z.looseObject({
      name: z.string(),
      ack_deadline_seconds: z.number(),
      retry_policy: z.array(z.object({ minimum_backoff: z.string(), maximum_backoff: z.string() })),
      dead_letter_policy: z.array(z.object({ max_delivery_attempts: z.number() })),
      expiration_policy: z.array(z.object({ ttl: z.string() })),
    })

    needs('emulators').test(
      'they create the same subscriptions: the local topology is that of production',
      async () => {
        const { pubsub } = await useEmulators()
        const projectId = newProjectId()
        const gaps = { minIntervalMs: 1, maxIntervalMs: 1 }
        const integrations = Object.entries(rows).map(([name, policy]) => toSettings(name, policy, gaps))
        await createTopology({
          projectId,
          integrations,
          pushEndpointOf: (name) => `http://127.0.0.1:9/${name}`,
        })
        const answer = await fetch(`http://${pubsub}/v1/projects/${projectId}/subscriptions`)
        const { subscriptions } = z.object({ subscriptions: z.array(z.unknown()) }).parse(await answer.json())
        const declared = report
          .resources('three')
          .filter(({ type }) => type === 'google_pubsub_subscription')
          .map(({ values }) => Subscription.parse(values))
          .map((one) => ({
            name: `projects/${projectId}/subscriptions/${one.name}`,
            ackDeadlineSeconds: one.ack_deadline_seconds,
            retryPolicy: {
              minimumBackoff: one.retry_policy[0]?.minimum_backoff,
              maximumBackoff: one.retry_policy[0]?.maximum_backoff,
            },
            ...(one.dead_letter_policy[0]
              ? { deadLetterPolicy: { maxDeliveryAttempts: one.dead_letter_policy[0].max_delivery_attempts } }
              : {}),
            // Without a time to live it never expires.
            expirationPolicy: one.expiration_policy[0]?.ttl === '' ? {} : one.expiration_policy[0],
          }))
        expect(declared).toHaveLength(4)
        for (const one of declared)
          expect(subscriptions).toContainEqual(
            expect.objectContaining({
              ...one,
              ...(one.deadLetterPolicy
                ? { deadLetterPolicy: expect.objectContaining(one.deadLetterPolicy) }
                : {}),
            }),
          )
      },
    )
  })
})
