import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPage } from './open-page.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mensageria-built-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const listen = () => {
  let told: (line: string) => void = () => undefined
  const line = new Promise<string>((resolve) => (told = resolve))
  return { log: { info: (text: string) => told(text), error: (_: object, text: string) => told(text) }, line }
}

test('a page that nobody has built is built beside the process, once, and is whole when it is there', async () => {
  const first = listen()
  const page = openPage(first.log, folder)
  page.prepare()
  // Nobody has waited.
  expect(page.dir()).toBeUndefined()
  expect(await first.line).toMatch(/^The console page is built \(\d/)
  const dir = page.dir() ?? ''
  expect(await readdir(folder)).toEqual([dir.split('/').at(-1)])
  const html = await readFile(join(dir, 'index.html'), 'utf8')
  for (const [, asset = ''] of html.matchAll(/"\/console\/(assets\/[^"]+)"/g)) {
    expect((await readFile(join(dir, asset))).byteLength).toBeGreaterThan(0)
  }
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=/)
  const assets = await readdir(join(dir, 'assets'))
  expect(assets).toEqual(expect.arrayContaining([expect.stringMatching(/\.js\.br$/)]))
  // React as users get it, although NODE_ENV is `test` here.
  const scripts = assets.filter((name) => name.endsWith('.js'))
  const code = await Promise.all(scripts.map((name) => readFile(join(dir, 'assets', name), 'utf8')))
  expect(code.some((text) => text.includes('Minified React error'))).toBe(true)

  const again = openPage(listen().log, folder)
  again.prepare()
  expect(again.dir()).toBe(dir)
})

test('c32: where the code must not be written, the page is built into the spare folder, and found there again', async () => {
  const { log, line } = listen()
  // No folder can be made below a file: refused to root, too, which tests run as in a container.
  const readOnly = join(folder, 'a-file', 'dist')
  await writeFile(join(folder, 'a-file'), '')
  const spare = join(folder, 'spare')
  const page = openPage(log, readOnly, spare)
  page.prepare()
  expect(await line).toMatch(/^The console page is built/)
  expect(page.dir()).toContain(spare)
  const again = openPage(listen().log, readOnly, spare)
  again.prepare()
  expect(again.dir()).toBe(page.dir())
})

test('a build that fails is one line of the log, and leaves nothing behind', async () => {
  const { log, line } = listen()
  const page = openPage(log, join(folder, 'index.html\0'))
  page.prepare()
  expect(await line).toBe('The console page could not be built; the API is not affected')
  expect([page.dir(), await readdir(folder)]).toEqual([undefined, []])
})

test('a build that is given up says nothing', async () => {
  const lines: string[] = []
  const add = (text: string) => void lines.push(text)
  const page = openPage({ info: add, error: (_, text) => add(text) }, folder)
  page.prepare()
  page.close()
  // The next build in the same folder ends after the one that was given up.
  const { log, line } = listen()
  openPage(log, folder).prepare()
  await line
  expect(lines).toEqual([])
})
