import type { IntegrationSettings } from '@mensageria/core'
import { createLogger, IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import { bindIntegrations } from './bind-integrations.ts'

const logger = createLogger({ level: 'silent', service: 'test' })
const settings = loadIntegrationSettings(IntegrationsConfig.parse({}))
const env = Object.fromEntries(
  settings.flatMap(({ name }) => [
    [`${name.toUpperCase()}_URL`, 'http://127.0.0.1:9'],
    [`${name.toUpperCase()}_TOKEN`, 'token'],
  ]),
)
const named = (name: string): IntegrationSettings[] => settings.slice(0, 1).map((one) => ({ ...one, name }))

test('every row of the list is bound to the integration in the folder of its name', async () => {
  const bound = await bindIntegrations(settings, env, { logger })
  expect(bound.map(({ integration }) => integration.name)).toEqual(settings.map(({ name }) => name))
  expect(bound.length).toBeGreaterThan(0)
  await Promise.all(bound.map(({ integration }) => integration.close()))
})

test.each([
  ['nobody', 'The list of integrations names nobody, but there is no services/nobody/src/integration.ts'],
  ['registration', 'there is no services/registration/src/integration.ts'],
])('a row named %s stops the start and says what is missing', async (name, sentence) => {
  await expect(bindIntegrations(named(name), env, { logger })).rejects.toThrow(sentence)
})

test('an integration without an address stops the start and names the variable', async () => {
  await expect(bindIntegrations(named('maas'), {}, { logger })).rejects.toThrow('MAAS_URL is not set')
})
