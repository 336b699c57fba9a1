// `npm run screenshots`: takes the pictures of docs/images from a running system, so that they can be made again.
import { chromiumPath } from '@mensageria/testkit/chromium'
import { startListedSimulator } from '@mensageria/simulator/listed'
import { cnpjOf, sampleRegistration } from '@mensageria/testkit/sample-registration'
import { startStandaloneProcess } from '@mensageria/testkit/standalone-process'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'

const IMAGES = join(import.meta.dirname, '../docs/images')
const BYTES_MAX = 150_000

type Shot = {
  file: string
  path: string
  language: 'pt-BR' | 'en'
  theme: 'light' | 'dark'
  height: number
}

const SHOTS: Shot[] = [
  { file: 'overview.png', path: '', language: 'en', theme: 'light', height: 800 },
  { file: 'overview-dark.png', path: '', language: 'en', theme: 'dark', height: 800 },
  { file: 'visao-geral.png', path: '', language: 'pt-BR', theme: 'light', height: 800 },
  { file: 'center.png', path: '/centers/ID', language: 'en', theme: 'light', height: 900 },
  { file: 'falhas.png', path: '/failures', language: 'pt-BR', theme: 'dark', height: 760 },
]

const simulator = await startListedSimulator()
// The last of the list is away, the one before it refuses a center.
const [AWAY = '', REFUSING = ''] = simulator.names.toReversed()
const dataDir = await mkdtemp(join(tmpdir(), 'mensageria-screenshots-'))
const env = {
  ...simulator.env,
  DATA_DIR: dataDir,
  RETRY_MIN_BACKOFF: '1s',
  RETRY_MAX_BACKOFF: '10s',
  MAX_DELIVERY_ATTEMPTS: '5',
  RECOVERY_MAX_INTERVAL: '60s',
}
const standalone = await startStandaloneProcess(env)
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })

const register = async (from: number, to: number): Promise<string> => {
  let id = ''
  for (let n = from; n <= to; n++) {
    const answer = await fetch(`${standalone.url}/v1/distribution-centers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sampleRegistration(n)),
    })
    id = answer.headers.get('location')?.split('/').at(-1) ?? ''
  }
  return id
}

const isParked = async (id: string): Promise<boolean> => {
  const answer = await fetch(`${standalone.url}/v1/deliveries/${AWAY}/${id}`)
  return (await answer.text()).includes('"state":"parked"')
}

// A day as it can be: one system is away, another has refused a center.
const setTheScene = async (): Promise<string> => {
  simulator.setDials(REFUSING, { refuse: [cnpjOf(7)] })
  await register(1, 140)
  simulator.setDials(AWAY, { mode: 'down' })
  const id = await register(141, 177)
  while (!(await isParked(id))) await sleep(500)
  return id
}

const take = async ({ file, path, language, theme, height }: Shot, centerId: string): Promise<void> => {
  const context = await browser.newContext({
    locale: language,
    colorScheme: theme,
    viewport: { width: 1280, height },
  })
  const page = await context.newPage()
  await page.goto(`${standalone.url}/console${path.replace('ID', centerId)}`)
  await page.locator('.live-live').waitFor()
  // Without `waitForFunction`: where it has to look twice, the page's policy forbids it.
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  const target = join(IMAGES, file)
  await page.screenshot({ path: target })
  await context.close()
  const { size } = await stat(target)
  if (size > BYTES_MAX) throw new Error(`${file} has ${size} bytes: at most ${BYTES_MAX}`)
  console.log(`${target} ${Math.round(size / 1000)} kB`)
}

try {
  const centerId = await setTheScene()
  while ((await fetch(`${standalone.url}/console`)).status !== 200) await sleep(200)
  await mkdir(IMAGES, { recursive: true })
  for (const shot of SHOTS) await take(shot, centerId)
} finally {
  await browser.close()
  await standalone.stop('SIGTERM')
  await simulator.close()
  await rm(dataDir, { recursive: true, force: true })
}
