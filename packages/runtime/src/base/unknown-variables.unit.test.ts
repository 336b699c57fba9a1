import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findUnknownVariables } from './unknown-variables.ts'

const OF_MAAS = ['MAAS_URL', 'MAAS_TOKEN', 'MAAS_PUSH_URL']
const find = (...names: string[]) =>
  findUnknownVariables(Object.fromEntries(names.map((name) => [name, 'x'])), OF_MAAS).map(
    ({ meant }) => meant,
  )

describe('defect 6: a variable that looks like ours is named with the nearest right one', () => {
  test.each([
    ['RETRY_MIN_BACKOF', 'RETRY_MIN_BACKOFF'],
    ['DATADIR', 'DATA_DIR'],
    ['data_dir', 'DATA_DIR'],
    ['SWEEPINTERVAL', 'SWEEP_INTERVAL'],
    ['SWEEP-INTERVAL', 'SWEEP_INTERVAL'],
    ['LOG_LEVLE', 'LOG_LEVEL'],
    ['MIN_RETRY_BACKOFF', 'RETRY_MIN_BACKOFF'],
    ['MASS_URL', 'MAAS_URL'],
    ['MAAS_TOKN', 'MAAS_TOKEN'],
    ['GOOGLE_CLOUD_PROJET', 'GOOGLE_CLOUD_PROJECT'],
  ])('%s means %s', (name, meant) => {
    expect(find(name)).toEqual([meant])
  })

  test('what is read, by this process or another of ours, is not named', () => {
    expect(find('RETRY_MIN_BACKOFF', 'SWEEP_BUDGET', 'DATA_DIR', 'PUSH_AUDIENCE', ...OF_MAAS)).toEqual([])
  })

  test('usual environments raise no false alarm', () => {
    const usual = [
      ...['PATH', 'HOME', 'HOSTNAME', 'LANG', 'LC_ALL', 'PWD', 'SHLVL', 'USER', 'TERM', 'TZ', 'CI', 'DEBUG'],
      ...['NODE_ENV', 'NODE_OPTIONS', 'NODE_COMPILE_CACHE', 'NODE_EXTRA_CA_CERTS', 'UV_THREADPOOL_SIZE'],
      ...[
        'npm_config_loglevel',
        'npm_config_registry',
        'npm_lifecycle_event',
        'npm_package_json',
        'INIT_CWD',
      ],
      ...['K_SERVICE', 'K_REVISION', 'K_CONFIGURATION', 'CLOUD_RUN_TIMEOUT_SECONDS', 'FUNCTION_TARGET'],
      ...['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_CLOUD_REGION', 'GCLOUD_PROJECT', 'GCP_PROJECT'],
      ...['KUBERNETES_SERVICE_HOST', 'KUBERNETES_PORT', 'KUBERNETES_PORT_443_TCP_PROTO', 'MAAS_PORT'],
      ...['MAAS_SERVICE_HOST', 'MAAS_SERVICE_PORT', 'MAAS_PORT_8080_TCP', 'MAAS_PORT_8080_TCP_ADDR'],
      ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'SSL_CERT_FILE', 'JOURNAL_STREAM'],
      ...['OTEL_SERVICE_NAME', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_PROTOCOL'],
      ...['OTEL_RESOURCE_ATTRIBUTES', 'OTEL_EXPORTER_OTLP_TIMEOUT', 'INVOCATION_ID', 'SYSTEMD_EXEC_PID'],
      ...['FIRESTORE_EMULATOR_HOST', 'PUBSUB_EMULATOR_HOST', 'DATABASE_URL', 'MAIL_URL', 'AWS_REGION'],
    ]
    expect(find(...usual)).toEqual([])
  })

  test.each([
    'services/standalone/src/config.ts',
    'services/sweeper/src/config.ts',
    'services/registration/src/config.ts',
    'services/console/src/config.ts',
    'packages/runtime/src/process/start-process.ts',
    'packages/runtime/src/integration/integration-settings.ts',
    'packages/runtime/src/sign-in/load-sign-in.ts',
    'packages/runtime/src/push/push-security.ts',
    'packages/runtime/src/tracing/open-tracer.ts',
  ])('every variable that %s reads is known to every process', (file) => {
    const text = readFileSync(join(import.meta.dirname, '../../../..', file), 'utf8')
    const names = [...text.matchAll(/^ +([A-Z]+(?:_[A-Z]+)*): /gm)].map(([, name = '']) => name)
    const others = names.map((name) => `${name}X`)
    expect(find(...others)).toEqual(names)
    expect(find(...names)).toEqual([])
  })
})
