import { once } from 'node:events'
import { createServer } from 'node:http'
import { AxeBuilder } from '@axe-core/playwright'
import { needs } from '@mensageria/testkit/needs'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { launchBrowser, visit } from '../support/browser.ts'
import { openOwnList, type OwnList } from '../support/own-list.ts'
import { openTestSystem, type TestSystem } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'

const { test } = needs('chromium')

let system: TestSystem
let list: OwnList
let browser: Browser
/** The centers that each path of the destination has got. */
const got: Record<string, number> = { '/portal': 0, '/erp': 0 }
const target = createServer((request, response) => {
  const { url = '' } = request
  got[url] = (got[url] ?? 0) + 1
  request.resume()
  response.writeHead(204).end()
})
beforeAll(async () => {
  system = await openTestSystem()
  list = await openOwnList({ dmitri: { display_name: 'Dmitri' } })
  target.listen(0, '127.0.0.1')
  await once(target, 'listening')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await system.close()
  await list.close()
  target.close()
})

test('a new row says what it gets of the older centers, and a person sends those that it does not get', async () => {
  const before = await system.start(list.env)
  const centers = [1, 2].map((n) => system.client.register(before.url, sampleRegistration(n)))
  const ids = (await Promise.all(centers)).map(({ id }) => id)
  await untilDelivered(before.url, ids)
  await before.stop()

  const { port } = z.object({ port: z.number() }).parse(target.address())
  const rowOf = (path: string) => ({ kind: 'webhook', target: { url: `http://127.0.0.1:${port}${path}` } })
  await list.write({
    dmitri: { display_name: 'Dmitri' },
    erp: { ...rowOf('/erp'), display_name: 'ERP' },
    portal: { ...rowOf('/portal'), display_name: 'Portal do cliente', since: new Date().toISOString() },
  })
  const { url, lines } = await system.start({ ...list.env, ERP_TOKEN: 'erp', PORTAL_TOKEN: 'portal' })
  await waitFor('the backfill of erp', () => got['/erp'], { until: (count) => count === 2 })
  const log = lines.join('\n')
  expect(log).toMatch(/erp is new: 2 centers registered before now will be sent to it, from now on/)
  expect(log).not.toContain('portal is new')

  await waitFor('the page is built', async () => (await fetch(`${url}/console/`)).status, {
    until: (status) => status === 200,
  })
  const { page, faults, close } = await visit(browser, `${url}/console`, {
    language: 'pt-BR',
    theme: 'light',
  })
  const card = page.getByRole('article', { name: 'Portal do cliente' })
  await card.getByText(`Webhook · http://127.0.0.1:${port}/portal · portal`).waitFor()
  await card.getByText(/^2 centros anteriores a .* não são deste sistema\.$/).waitFor()
  await page.getByText('(2 centros × 3 sistemas, menos 2 anteriores ao since)').waitFor()
  await card.getByRole('button', { name: 'Enviar os centros antigos Portal do cliente' }).click()
  const dialog = page.getByRole('dialog', { name: 'Enviar os centros antigos para Portal do cliente?' })
  await dialog.getByText('2 entregas seriam enviadas').waitFor()
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.dialog').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await dialog.getByRole('textbox', { name: 'Motivo' }).fill('o portal quer todos')
  await dialog.getByRole('button', { name: 'Reenviar 2 entregas' }).click()
  await page.getByRole('heading', { name: 'o portal quer todos' }).waitFor()
  await waitFor('the older centers at the portal', () => got['/portal'], { until: (count) => count === 2 })

  // Nothing is parked or rejected: the dialog says what there is, and offers no more than can be sent.
  await page.getByRole('button', { name: /Sistema$/ }).click()
  await page.getByRole('option', { name: 'Portal do cliente' }).click()
  await page.getByRole('button', { name: 'Simular' }).click()
  await page.getByText('0 de 2 correspondem: 2 entregues.').waitFor()
  expect(faults).toEqual([])
  await close()
})
