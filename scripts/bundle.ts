// `npm run bundle -- SERVICE...`: one self-contained file a service, in dist/SERVICE; all that are deployed unless named. The
// standalone runs from its sources: it finds integrations by their folders.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { rolldown, type Plugin } from 'rolldown'

const ROOT = join(import.meta.dirname, '..')
const INTEGRATIONS = 'integrations.auto.tfvars.json'

// The one path that depends on where the code is: in a bundle the list lies beside it.
const integrationsBeside: Plugin = {
  name: 'integrations-beside',
  load: (id) =>
    id.endsWith('/runtime/src/integration/integrations-file.ts')
      ? `import { join } from 'node:path'
export const INTEGRATIONS_FILE = join(import.meta.dirname, '${INTEGRATIONS}')`
      : undefined,
}

// The console's page: built into the bundle, and never by it.
const WITH_PAGE = 'console'
const BUILD_PAGE = join(ROOT, 'packages/console-page/build/build-page.ts')
const pageBeside: Plugin = {
  name: 'page-beside',
  load: (id) =>
    id.endsWith('/console-page/build/open-page.ts')
      ? `import { join } from 'node:path'
const dir = join(import.meta.dirname, 'page')
export const openPage = () => ({ dir: () => dir, prepare: () => undefined, close: () => undefined })`
      : undefined,
}

// The API reference is 5 MB of scripts that these alone show: a push subscriber would read them at every start.
const WITH_REFERENCE = new Set(['registration', 'console'])
const REFERENCE = new Set(['@scalar/fastify-api-reference', '@fastify/swagger'])
const NOTHING = '\0nothing:'
const withoutReference: Plugin = {
  name: 'without-reference',
  resolveId: (id) => (REFERENCE.has(id) ? NOTHING + id : undefined),
  load: (id) =>
    id.startsWith(NOTHING)
      ? "export default () => { throw new Error('This service is bundled without the API reference') }"
      : undefined,
}

const bundle = async (service: string, outDir: string): Promise<void> => {
  const dir = join(outDir, service)
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  const build = await rolldown({
    input: join(ROOT, 'services', service, 'src/main.ts'),
    platform: 'node',
    plugins: [integrationsBeside, pageBeside, ...(WITH_REFERENCE.has(service) ? [] : [withoutReference])],
    // A module that is not found must stop the build: the bundle has no node_modules to look in.
    onLog: (level, log, handle) =>
      log.code === 'UNRESOLVED_IMPORT' ? handle('error', log) : handle(level, log),
  })
  // Half of the text is half of the time to compile it; errors are shown by the source map.
  const output = { format: 'esm', codeSplitting: false, sourcemap: true, minify: true } as const
  await build.write({ file: join(dir, 'main.js'), ...output })
  await build.close()
  // Told what it is, Node does not compile the bundle twice to find out.
  await writeFile(join(dir, 'package.json'), '{"type":"module"}')
  await copyFile(join(ROOT, 'terraform', INTEGRATIONS), join(dir, INTEGRATIONS))
  if (service === WITH_PAGE) await promisify(execFile)(process.execPath, [BUILD_PAGE, join(dir, 'page')])
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } })
const deployed = (await readdir(join(ROOT, 'services'))).filter(
  (service) => service !== 'standalone' && existsSync(join(ROOT, 'services', service, 'src/main.ts')),
)
const services = positionals.length > 0 ? positionals : deployed
const outDir = values.out ?? join(ROOT, 'dist')
for (const service of services) {
  if (!deployed.includes(service))
    throw new Error(`${service} is no service that is deployed: ${deployed.join(', ')}`)
  await bundle(service, outDir)
  console.log(join(outDir, service, 'main.js'))
}
