import { chromiumPath } from '@mensageria/testkit/chromium'
import { chromium, type Browser, type Page } from 'playwright-core'

/** Starts the browser without a window. */
export const launchBrowser = (): Promise<Browser> =>
  // In a container the browser is root, for whom it has no sandbox; it visits our own pages alone.
  chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })

export type Look = { language: 'pt-BR' | 'en'; theme: 'light' | 'dark' }

/** A page of the console, and everything that went wrong in it: errors, and requests to any other host. */
export type Visit = { page: Page; faults: string[]; close: () => Promise<void> }

/** Opens a page as somebody with this language and theme sees it, in a session of its own. */
export const visit = async (
  browser: Browser,
  url: string,
  { language, theme }: Look,
  viewport = { width: 1280, height: 800 },
): Promise<Visit> => {
  const context = await browser.newContext({
    locale: language,
    colorScheme: theme,
    viewport,
    // Nothing fades: a color that is looked at in the middle of its change belongs to neither theme.
    reducedMotion: 'reduce',
  })
  // Patience, not a promise: a busy machine runs several browsers and servers at once.
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  const faults: string[] = []
  const { origin } = new URL(url)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) faults.push(`A request to ${request.url()}`)
  })
  await page.goto(url)
  return { page, faults, close: () => context.close() }
}
