import type { Browser } from 'playwright-core'
import { needs } from '@mensageria/testkit/needs'
import { launchBrowser, visit } from '../support/browser.ts'
import { openConsoleSystem, type ConsoleSystem } from '../support/console-system.ts'

const { test } = needs('chromium')

const WEIGHT_MAX_BYTES = 400_000

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

test('everything that the page is made of weighs less than 400 kB on the wire, all of its pages together', async () => {
  const { page, close } = await visit(browser, 'about:blank', { language: 'pt-BR', theme: 'light' })
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  const files = new Map<string, string>()
  const weights = new Map<string, number>()
  network.on('Network.responseReceived', ({ requestId, response }) => {
    const { pathname } = new URL(response.url)
    if (pathname.startsWith('/console')) files.set(requestId, pathname)
  })
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = files.get(requestId)
    if (path !== undefined) weights.set(path, encodedDataLength)
  })
  await page.goto(`${system.url}/console`)
  for (const name of ['Centros', 'Falhas', 'Reenvios', 'Cadastrar', 'Visão geral']) {
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  await page.getByRole('link', { name: 'Cadastrar', exact: true }).click()
  await page.getByRole('combobox', { name: 'Cidade' }).waitFor()

  const paths = [...weights.keys()]
  expect(paths.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(5)
  expect(paths.some((path) => path.includes('cities'))).toBe(true)
  const total = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0)
  expect(total).toBeLessThan(WEIGHT_MAX_BYTES)
  await close()
})
