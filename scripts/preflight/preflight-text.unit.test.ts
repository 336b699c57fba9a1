import { preflightText } from './preflight-text.ts'

test('a machine with all of it hears how long the run takes', () => {
  expect(preflightText([], false)).toMatch(/has all that the tests need\..* 11 minutes on 2 cores/)
})

test('each missing part is named with how to get it and what is skipped', () => {
  const text = preflightText(['terraform', 'google-provider', 'chromium'], false)
  expect(text).toContain('lacks 2 of what the tests need')
  expect(text).toMatch(/Terraform: install version 1\.11 or newer .*own tests are skipped/)
  expect(text).toMatch(/Chromium: .*apt-get install chromium.*CHROMIUM_PATH.*tests of the page are skipped/)
  expect(text).not.toContain('TF_CLI_CONFIG_FILE')
  expect(text).toContain('counted as skipped in the last line')
})

test('a provider out of reach is named where Terraform is there', () => {
  expect(preflightText(['google-provider'], false)).toMatch(/google provider: .*TF_CLI_CONFIG_FILE/)
})

test('missing emulators are named once, with the variables that work', () => {
  const text = preflightText(['emulators', 'gcloud'], false)
  expect(text).toContain('lacks 1 of')
  expect(text).toMatch(/gcloud components install .*Java.*FIRESTORE_EMULATOR_HOST and PUBSUB_EMULATOR_HOST/)
})

test('in CI nothing is skipped', () => {
  const text = preflightText(['chromium'], true)
  expect(text).toMatch(/With CI=true nothing is skipped: the run ends here\.$/)
  expect(text).not.toContain('are skipped')
})

test('a broker that cannot be fetched here is named with what it needs', () => {
  const text = preflightText(['kafka', 'moto'], false)
  expect(text).toMatch(/Kafka: install Java 17 or newer and Maven .*destinations on Kafka are skipped/)
  expect(text).toMatch(/SNS and SQS \(moto\): install Python .*python3-venv/)
})
