import { cnpjOf } from '@mensageria/testkit/sample-registration'
import type { Browser, Page } from 'playwright-core'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { launchBrowser, visit } from '../support/browser.ts'
import { openConsoleSystem, type ConsoleSystem } from '../support/console-system.ts'
import { createOperations } from '../support/operations.ts'
import { SYSTEMS } from '../support/system.ts'
import { untilState } from '../support/until.ts'

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

const go = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()
const giveReason = async (page: Page, reason: string, button: string) => {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Motivo').fill(reason)
  await dialog.getByRole('button', { name: button }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('an outage is seen, understood and resolved by clicks alone', async () => {
  const { page, faults, close } = await visit(browser, `${system.url}/console`, {
    language: 'pt-BR',
    theme: 'light',
  })
  await page.getByText('Tudo entregue. Todos os sistemas respondem.').waitFor()
  const dmitri = page.getByRole('article', { name: 'Dmitri' })

  // Seen: nobody reloads anything.
  system.simulator.setDials('dmitri', { mode: 'down' })
  const [first = ''] = await system.register(1, 6)
  await untilState(system.url, first, 'dmitri', 'parked')
  await dmitri.getByText('Fora do ar', { exact: true }).waitFor()
  await dmitri.getByText(/Fora do ar há \d+ .+, 6 centros esperando, próxima tentativa/i).waitFor()
  await page.getByText('Dmitri precisa de atenção.').waitFor()

  // Understood: the cause, what to do, whom it hits, and one center's story.
  await dmitri.getByRole('link', { name: 'Ver falhas' }).click()
  const group = page.getByRole('article', { name: 'O sistema está com erro (HTTP 503)' })
  await group.getByText('Avise o dono do sistema.', { exact: false }).waitFor()
  await group.getByText('6 entregas').waitFor()
  await group.getByRole('button', { name: 'Ver entregas' }).click()
  await group
    .getByRole('row', { name: /CD Extrema 1/ })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { level: 1, name: 'CD Extrema 1' }).waitFor()
  const story = page.getByRole('article', { name: 'Dmitri' })
  await story.getByText('Falha temporária').first().waitFor()
  await page.getByText(`Entregue em ${SYSTEMS.length - 1} de ${SYSTEMS.length} sistemas.`).waitFor()

  // The owner asks for silence while it is being repaired.
  await go(page, 'Visão geral')
  await dmitri.getByRole('button', { name: 'Pausar' }).click()
  await giveReason(page, 'Manutenção do Dmitri, chamado 4711', 'Pausar')
  await dmitri
    .getByText(
      /Em pausa há .+ por usuário local \(sem login\) \(Manutenção do Dmitri, chamado 4711\), 6 centros/i,
    )
    .waitFor()
  system.simulator.setDials('dmitri', {})
  await dmitri.getByRole('button', { name: 'Retomar' }).click()
  await giveReason(page, 'Dmitri voltou', 'Retomar')

  // Resolved: the backlog goes by itself.
  await page.getByText('Tudo entregue. Todos os sistemas respondem.').waitFor()
  await dmitri.getByText('No ar', { exact: true }).waitFor()
  expect(system.simulator.effects('dmitri').length).toBeGreaterThan(0)
  expect((await createOperations(system.url).summary()).deliveries).toMatchObject({
    delivered: 6 * SYSTEMS.length,
    parked: 0,
  })
  expect(faults).toEqual([])
  await close()
})

test('refused data is sent again as a group once the system is corrected, and the redrive is watched to its end', async () => {
  const refused = [11, 12, 13]
  system.simulator.setDials('maas', { refuse: refused.map(cnpjOf) })
  const ids = await system.register(11, 13)
  for (const id of ids) await untilState(system.url, id, 'maas', 'rejected')

  const { page, faults, close } = await visit(browser, `${system.url}/console`, {
    language: 'pt-BR',
    theme: 'dark',
  })
  const maas = page.getByRole('article', { name: 'MaaS' })
  await maas.getByText('3 recusados: corrija o cadastro', { exact: false }).waitFor()
  await maas.getByRole('link', { name: 'Ver falhas' }).click()
  const group = page.getByRole('article', { name: /recusou os dados/ })
  await group.getByText('Exige ação.').waitFor()

  await group.getByRole('button', { name: 'Atribuir responsável' }).click()
  const note = page.getByRole('dialog')
  await note.getByLabel('Responsável', { exact: true }).fill('Bea')
  await note.getByLabel('Anotação').fill('Chamado 12 na MaaS')
  await note.getByRole('button', { name: 'Salvar' }).click()
  await group.getByRole('button', { name: 'Responsável: Bea' }).waitFor()
  await group.getByText('Chamado 12 na MaaS').waitFor()

  system.simulator.setDials('maas', {})
  await group.getByRole('button', { name: 'Reenviar o grupo' }).click()
  await page.getByRole('dialog').getByText('3 entregas seriam enviadas').waitFor()
  await giveReason(page, 'MaaS corrigiu o cadastro', 'Reenviar 3 entregas')

  await page.getByRole('heading', { level: 1, name: 'Reenvios' }).waitFor()
  const redrive = page.getByRole('article', { name: 'MaaS corrigiu o cadastro' })
  await redrive.getByText('Concluído').waitFor()
  await redrive.getByText('Entregues 3').waitFor()
  await waitFor(
    'no delivery rejected',
    async () => (await createOperations(system.url).summary()).deliveries,
    {
      until: ({ rejected }) => rejected === 0,
    },
  )
  await go(page, 'Falhas')
  await page.getByText('Nada falha agora.', { exact: false }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('a redrive is counted first, paused, resumed and cancelled', async () => {
  system.simulator.setDials('senninha', { mode: 'down' })
  const ids = await system.register(21, 24)
  const operations = createOperations(system.url)
  await operations.untilCount('senninha', 'parked', ids.length)
  // A redrive of a paused integration sends nothing, and so does not end by itself.
  await operations.pause('senninha')
  const { page, faults, close } = await visit(browser, `${system.url}/console/redrives`, {
    language: 'pt-BR',
    theme: 'light',
  })
  const check = page.getByRole('button', { name: 'Simular' })
  expect(await check.isDisabled()).toBe(true)
  await page.getByRole('button', { name: /Sistema/ }).click()
  await page.getByRole('option', { name: 'Senninha' }).click()
  await check.click()
  await page.getByRole('dialog').getByText('4 entregas seriam enviadas').waitFor()
  await giveReason(page, 'Tentar já', 'Reenviar 4 entregas')

  const redrive = page.getByRole('article', { name: 'Tentar já' })
  await redrive.getByRole('button', { name: 'Pausar' }).click()
  await redrive.getByText('Em pausa', { exact: true }).waitFor()
  await redrive.getByRole('button', { name: 'Retomar' }).click()
  await redrive.getByText('Em andamento', { exact: true }).waitFor()
  await redrive.getByRole('button', { name: 'Cancelar' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancelar reenvio' }).click()
  await redrive.getByText('Cancelado', { exact: true }).waitFor()
  expect(faults).toEqual([])
  await close()
})
