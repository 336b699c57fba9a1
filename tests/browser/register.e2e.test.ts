import type { Browser, Page } from 'playwright-core'
import { needs } from '@mensageria/testkit/needs'
import { launchBrowser, visit } from '../support/browser.ts'
import { openConsoleSystem, type ConsoleSystem } from '../support/console-system.ts'

const { test } = needs('chromium')

let system: ConsoleSystem
let browser: Browser
beforeAll(async () => {
  system = await openConsoleSystem()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

const SCAN_LIMIT = { language: 'pt-BR', theme: 'light' } as const

const fill = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Nome', { exact: true }).fill(name)
  await page.getByLabel('Logradouro').fill('Rodovia Anhanguera')
  await page.getByLabel('Número').fill('km 38')
  await page.getByLabel('Bairro').fill('Jordanésia')
}

test('a center is registered by hand, checked as it is typed, and found again by all that people know of it', async () => {
  const { page, faults, close } = await visit(browser, `${system.url}/console/register`, SCAN_LIMIT)
  const taxId = page.getByLabel('CNPJ')
  await taxId.fill('11.222.333/0001')
  await page.getByText('Faltam 2 caracteres.').waitFor()
  await taxId.fill('11.222.333/0001-82')
  await page.getByText('CNPJ inválido', { exact: false }).waitFor()
  await taxId.fill('11.222.333/0001-81')
  await page.getByText('válido', { exact: true }).waitFor()
  await page.getByLabel('CEP').fill('0778')
  await page.getByText('CEP inválido', { exact: false }).waitFor()

  await page.getByRole('button', { name: 'Cadastrar', exact: true }).click()
  await page.getByText('Escolha uma cidade da lista.').waitFor()
  expect(await page.getByText('Preencha este campo.').count()).toBe(4)

  await fill(page, 'CD Cajamar')
  await page.getByRole('combobox', { name: 'Cidade' }).pressSequentially('caja')
  await page.getByRole('option', { name: 'Cajamar (SP)' }).click()
  await page.getByText('UF SP · Código IBGE 3509205').waitFor()
  await page.getByLabel('CEP').fill('90010-000')
  await page.getByText('Este CEP é de outra região', { exact: false }).waitFor()
  await page.getByLabel('CEP').fill('07786-000')
  await page.getByLabel('Código', { exact: false }).first().fill('CD-SP-01')
  await page.getByRole('button', { name: 'Cadastrar', exact: true }).click()
  await page.getByText('CD Cajamar foi aceito', { exact: false }).waitFor()

  await page.getByRole('link', { name: 'Acompanhar as entregas' }).click()
  await page.getByText('Entregue em todos os sistemas.').waitFor()
  const id = page.url().split('/').at(-1) ?? ''
  const search = page.getByRole('searchbox', { name: 'Buscar centro' })
  for (const typed of ['cd caj', '11222333', '11.222.333/0001-81', 'cd-sp']) {
    await page.getByRole('link', { name: 'Centros', exact: true }).click()
    await search.fill(typed)
    await page.getByRole('row', { name: /CD Cajamar/ }).waitFor()
  }
  await search.fill('nada disso')
  await page.getByText('Nenhum centro corresponde à busca.').waitFor()
  await search.fill('cajamar')
  await page.getByRole('button', { name: 'Cidade: Cajamar (SP)' }).click()
  await page.getByRole('row', { name: /CD Cajamar/ }).waitFor()
  await search.fill(id)
  await page.getByRole('heading', { level: 1, name: 'CD Cajamar' }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('a center that is there with other data is refused, and the page leads to it', async () => {
  const { page, close } = await visit(browser, `${system.url}/console/register`, SCAN_LIMIT)
  await fill(page, 'Outro nome')
  await page.getByLabel('CNPJ').fill('11222333000181')
  await page.getByRole('combobox', { name: 'Cidade' }).pressSequentially('cajamar')
  await page.getByRole('option', { name: 'Cajamar (SP)' }).click()
  await page.getByLabel('CEP').fill('07786000')
  await page.getByRole('button', { name: 'Cadastrar', exact: true }).click()
  await page.getByText('Já existe um centro com este CNPJ e outros dados.').waitFor()
  await page.getByRole('link', { name: 'Ver o centro existente' }).click()
  await page.getByRole('heading', { level: 1, name: 'CD Cajamar' }).waitFor()
  await close()
})
