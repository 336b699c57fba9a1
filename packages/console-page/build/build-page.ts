// `node build-page.ts [FOLDER]`: builds the page into FOLDER, which is there at once and whole, or not at all; unless named, into
// the one where every process looks, if these sources have not been built there yet.
import localesPlugin from '@react-aria/optimize-locales-plugin'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { build } from 'vite'
import { fingerprintOfSources } from './fingerprint.ts'
import { BUILT, PAGE_ROOT } from './places.ts'

const target = process.argv[2] ?? join(BUILT, fingerprintOfSources())
if (process.argv[2] === undefined && existsSync(target)) process.exit()

const WEEK_MS = 7 * 24 * 3_600_000

// Beside each file that gets smaller by it: the server sends them as they are, and compresses nothing itself.
const compress = async (dir: string): Promise<void> => {
  const files = await readdir(dir, { recursive: true })
  const texts = files.filter((file) => /\.(?:html|js|css|svg)$/.test(file))
  for (const file of texts) {
    const path = join(dir, file)
    const content = await readFile(path)
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content))
    await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
  }
}

// Another process may still show an older page: only what nobody has looked for in a while goes.
const removeOld = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, entry))
    if (mtimeMs < Date.now() - WEEK_MS) await rm(join(folder, entry), { recursive: true })
  }
}

// Where the caller has another one (Jest, a developer's shell) React would be built as for developers: half as big
// again, and slower.
process.env['NODE_ENV'] = 'production'

const scratch = `${target}.${process.pid}`
await mkdir(dirname(target), { recursive: true })
try {
  await build({
    root: PAGE_ROOT,
    base: '/console/',
    configFile: false,
    logLevel: 'error',
    plugins: [{ ...localesPlugin.vite({ locales: ['pt-BR', 'en-US'] }), enforce: 'pre' }],
    build: {
      outDir: scratch,
      target: 'es2023',
      // The policy of the page allows files of this server alone, no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  })
  await compress(scratch)
  // Fails where another process was faster; its page is the same.
  await rename(scratch, target).catch((error: unknown) => {
    if (!existsSync(target)) throw error
  })
} finally {
  await rm(scratch, { recursive: true, force: true })
}
if (dirname(target) === BUILT) await removeOld(BUILT)
