import type { Browser } from 'playwright-core'
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

test('the API reference is shown under its policy, asks no other host, and its examples name this server', async () => {
  const { page, faults, close } = await visit(browser, `${system.url}/reference`, {
    language: 'en',
    theme: 'light',
  })
  const example = page.locator('pre', { hasText: 'curl' }).first()
  await example.waitFor()
  // As it is pasted: a path alone would be no address.
  expect(await example.textContent()).toContain(`curl ${system.url}/v1/`)
  // Not even for an icon: it has none, and says so.
  expect(faults).toEqual([])
  await close()
})
