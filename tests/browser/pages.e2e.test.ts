import { AxeBuilder } from '@axe-core/playwright'
import { openEmbedded } from '@mensageria/embedded'
import { cnpjOf } from '@mensageria/testkit/sample-registration'
import { needs } from '@mensageria/testkit/needs'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, visit } from '../support/browser.ts'
import { createOperations } from '../support/operations.ts'
import { openConsoleSystem, type ConsoleSystem } from '../support/console-system.ts'
import { untilState } from '../support/until.ts'

const { test } = needs('chromium')

// As if it had come to the dead-letter topic: what is no event of ours.
const keepUnreadable = async (dataDir: string): Promise<void> => {
  const engine = openEmbedded({
    dataDir,
    subscriptions: [],
    onError: (error) => expect(error).toBeUndefined(),
  })
  await engine.unreadable.keep({
    subscription: 'dmitri',
    messageId: 'rubbish-1',
    receivedAt: Date.now(),
    reason: 'The data is not JSON',
    attributes: { source: 'somewhere else' },
    data: Buffer.from('São Paulo, mas não é JSON').toString('base64'),
  })
  engine.close()
}

let system: ConsoleSystem
let browser: Browser
let centerId: string
beforeAll(async () => {
  system = await openConsoleSystem(keepUnreadable)
  system.simulator.setDials('maas', { refuse: [cnpjOf(2)] })
  await system.register(1, 20)
  system.simulator.setDials('dmitri', { mode: 'down' })
  const [parked = ''] = await system.register(21, 24)
  centerId = parked
  await untilState(system.url, centerId, 'dmitri', 'parked')
  // A redrive that runs as long as Dmitri stays away, so that its card is there to be looked at.
  const answer = await fetch(`${system.url}/v1/redrives`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filter: { integration: 'dmitri' }, reason: 'Chamado 4711' }),
  })
  expect(answer.status).toBe(202)
  await createOperations(system.url).pause('senninha')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await system?.close()
})

const PAGES = [
  ['', 'Visão geral', 'Overview'],
  ['/centers', 'Centros', 'Centers'],
  ['/centers/ID', 'CD Itajaí 21', 'CD Itajaí 21'],
  ['/failures', 'Falhas', 'Failures'],
  ['/redrives', 'Reenvios', 'Redrives'],
  ['/register', 'Cadastrar centro', 'Register a center'],
  ['/audit', 'Auditoria', 'Audit'],
] as const

const violationsOf = async (page: Page, only?: string) => {
  // No frames, and nobody reads what passed: without these two each check opens a page of its own and takes twice as long.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (
    only === undefined
      ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      : axe.withRules([only])
  ).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

describe.each(['pt-BR', 'en'] as const)('in %s', (language) => {
  test.each(PAGES)('%s reads well, for everybody, and without an error', async (path, ptBr, en) => {
    const url = `${system.url}/console${path.replace('ID', centerId)}`
    const { page, faults, close } = await visit(browser, url, { language, theme: 'light' })
    await page.getByRole('heading', { level: 1, name: language === 'en' ? en : ptBr }).waitFor()
    await page.getByText(language === 'en' ? 'Live' : 'Ao vivo', { exact: true }).waitFor()
    // Everything that is shown has come: nothing is a gray block any more.
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    expect(await page.getAttribute('html', 'lang')).toBe(language)

    expect(await violationsOf(page)).toEqual([])
    // Of all rules only this one looks at colors, and none of them depends on the words.
    if (language === 'pt-BR') {
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violationsOf(page, 'color-contrast')).toEqual([])
    }
    expect(faults).toEqual([])
    await close()
  })
})

test('language and appearance can be chosen, and stay chosen', async () => {
  const { page, faults, close } = await visit(browser, `${system.url}/console`, {
    language: 'pt-BR',
    theme: 'light',
  })
  await page.getByRole('radio', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  await page.getByRole('radio', { name: 'Dark' }).click()
  const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
  expect(await ground()).toBe('rgb(12, 15, 22)')
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  expect([await page.getAttribute('html', 'lang'), await ground()]).toEqual(['en', 'rgb(12, 15, 22)'])
  expect(faults).toEqual([])
  await close()
})

test('the keyboard alone reaches the content, every page and every button', async () => {
  const { page, faults, close } = await visit(browser, `${system.url}/console`, {
    language: 'en',
    theme: 'light',
  })
  await page.getByRole('heading', { level: 3, name: 'Dmitri' }).waitFor()
  const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()')
  const reached: string[] = []
  for (let press = 0; press < 24; press++) {
    await page.keyboard.press('Tab')
    reached.push(await focused())
  }
  expect(reached[0]).toBe('Skip to content')
  expect(reached.slice(1, 7)).toEqual(['Overview', 'Centers', 'Failures', 'Redrives', 'Register', 'Audit'])
  for (const name of ['Resume Senninha', 'Pause MaaS', 'Pause Dmitri']) expect(reached).toContain(name)

  await page.getByRole('link', { name: 'Failures', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Failures' }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('where no events come the page asks by itself, and says so', async () => {
  const { page, close } = await visit(browser, 'about:blank', { language: 'pt-BR', theme: 'light' })
  await page.route('**/v1/events', (route) => route.abort())
  await page.goto(`${system.url}/console`)
  await page.getByText('Atualizando', { exact: true }).waitFor()
  const accepted = page.locator('.stat', { hasText: 'Centros aceitos' }).locator('dd')
  await accepted.getByText('24', { exact: true }).waitFor()
  await system.register(25, 25)
  await accepted.getByText('25', { exact: true }).waitFor()
  await close()
})

test('what people did is told in words, the newest first', async () => {
  const { page, faults, close } = await visit(browser, `${system.url}/console/audit`, {
    language: 'pt-BR',
    theme: 'light',
  })
  const rows = page.getByRole('table', { name: 'O que foi feito' }).getByRole('row')
  await rows.nth(1).waitFor()
  const [, ...told] = await rows.all()
  const cells = await Promise.all(told.map((row) => row.getByRole('cell').allTextContents()))
  // Registered by the page's own tests, before or after.
  const byPeople = cells.filter(([, , action]) => action !== 'Cadastrou um centro')
  expect(byPeople.slice(0, 2)).toEqual([
    [
      expect.stringMatching(/^\d\d\/\d\d\/\d{4}/),
      'usuário local (sem login)',
      'Pausou um sistema',
      'Senninha',
      'test',
    ],
    expect.arrayContaining(['Pediu um reenvio', 'Chamado 4711']),
  ])
  expect(cells.at(-1)).toEqual(
    expect.arrayContaining([
      'usuário local (sem login)',
      'Cadastrou um centro',
      expect.stringMatching(/^CD /),
    ]),
  )
  expect(faults).toEqual([])
  await close()
})

test('an unreadable message is shown where failures are, with all that came', async () => {
  const { page, faults, close } = await visit(browser, `${system.url}/console/failures`, {
    language: 'pt-BR',
    theme: 'light',
  })
  await page.getByRole('heading', { name: 'Mensagens ilegíveis' }).waitFor()
  const message = page.getByRole('article', { name: /^Dmitri, / })
  await message.getByText('The data is not JSON').waitFor()
  await message.getByText('Conteúdo', { exact: true }).click()
  await message.getByText('São Paulo, mas não é JSON').waitFor()
  await message.getByText('somewhere else').waitFor()
  expect(faults).toEqual([])
  await close()
})

test('without a connection nothing looks healthy, and the page comes back by itself', async () => {
  const { page, close } = await visit(browser, `${system.url}/console`, {
    language: 'pt-BR',
    theme: 'light',
  })
  await page.getByText('Ao vivo', { exact: true }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Pausar MaaS' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motivo').fill('Teste')
  await dialog.getByRole('button', { name: 'Pausar' }).click()
  await dialog.getByText('Veja se foi feito antes de fazer de novo.', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Cancelar' }).click()
  await page.getByText(/^Sem conexão desde /).waitFor()
  expect(await page.locator('main.stale').count()).toBe(1)
  await page.context().setOffline(false)
  await page.locator('main:not(.stale)').waitFor()
  await close()
})

test('on a phone no page is wider than the screen', async () => {
  const phone = { width: 390, height: 844 }
  const { page, faults, close } = await visit(
    browser,
    `${system.url}/console`,
    { language: 'pt-BR', theme: 'light' },
    phone,
  )
  const width = () => page.evaluate<number>('document.documentElement.scrollWidth')
  for (const [path] of PAGES) {
    await page.goto(`${system.url}/console${path.replace('ID', centerId)}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    if (path === '/failures') {
      await page.getByRole('button', { name: 'Ver entregas' }).first().click()
      await page.getByRole('row').nth(1).waitFor()
    }
    expect([path, await width()]).toEqual([path, phone.width])
  }
  expect(faults).toEqual([])
  await close()
})
