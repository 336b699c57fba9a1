import type { Role } from '@mensageria/contracts'
import { cnpjOf } from '@mensageria/testkit/sample-registration'
import { needs } from '@mensageria/testkit/needs'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, visit } from '../support/browser.ts'
import { openConsoleSystem, type ConsoleSystem } from '../support/console-system.ts'
import { untilState } from '../support/until.ts'

const { test } = needs('chromium')

let system: ConsoleSystem
let browser: Browser
let centerId: string
beforeAll(async () => {
  system = await openConsoleSystem()
  system.simulator.setDials('maas', { refuse: [cnpjOf(1)] })
  const [refused = ''] = await system.register(1, 1)
  centerId = refused
  await untilState(system.url, centerId, 'maas', 'rejected')
  await fetch(`${system.url}/v1/redrives`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filter: { integration: 'maas' }, reason: 'Chamado 4711' }),
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

// The page asks the server who looks; that the server refuses what a role does not allow is tested where it does.
const lookAs = async (roles: readonly Role[]) => {
  const looked = await visit(browser, 'about:blank', { language: 'pt-BR', theme: 'light' })
  await looked.page.route('**/v1/me', (route) =>
    route.fulfill({ json: { id: 'ana@example.com', signedIn: true, roles } }),
  )
  return looked
}

const PLACES = ['', '/centers/ID', '/failures', '/redrives'] as const
const GO_ON = new Set(['Ver entregas', 'Carregar mais'])

const buttonsOf = async (page: Page): Promise<string[]> => {
  const named = await page.locator('main').getByRole('button').allTextContents()
  return named.map((text) => text.trim()).filter((text) => !GO_ON.has(text))
}

const visitAll = async (page: Page): Promise<string[]> => {
  const buttons: string[] = []
  for (const place of PLACES) {
    await page.goto(`${system.url}/console${place.replace('ID', centerId)}`)
    await page.locator('main').getByRole('article').first().waitFor()
    await page.getByText('ana@example.com').waitFor()
    buttons.push(...(await buttonsOf(page)))
  }
  return buttons
}

test('who may only look is told so, and is offered nothing that is forbidden', async () => {
  const { page, close } = await lookAs(['read'])
  expect(await visitAll(page)).toEqual([])
  await page.getByText('somente consulta').waitFor()
  expect(await page.getByRole('link', { name: 'Cadastrar', exact: true }).count()).toBe(0)
  await page.goto(`${system.url}/console/register`)
  await page.getByText('A sua conta não pode cadastrar centros.', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: 'Cadastrar', exact: true }).count()).toBe(0)
  await close()
})

test('who may operate finds every button, and who may register the form', async () => {
  const operator = await lookAs(['read', 'operate'])
  const buttons = await visitAll(operator.page)
  for (const name of [
    'Pausar Dmitri',
    'Reenviar MaaS',
    'Reenviar o grupo',
    'Atribuir responsável',
    'Simular',
  ]) {
    expect(buttons).toContain(name)
  }
  expect(await operator.page.getByText('somente consulta').count()).toBe(0)
  await operator.close()

  const registrar = await lookAs(['read', 'register'])
  expect(await visitAll(registrar.page)).toEqual([])
  await registrar.page.getByRole('link', { name: 'Cadastrar', exact: true }).click()
  await registrar.page.getByRole('button', { name: 'Cadastrar', exact: true }).waitFor()
  await registrar.close()
})
