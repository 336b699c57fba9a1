// `npm run bundle -- IMAGE...`: what each image runs, self-contained, in dist/IMAGE; all of them unless named. Every service is an
// image, but for the integrations by code, which share one (ADR 0036). The standalone runs from its sources.
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

// The Kafka client reads its WebAssembly from a file beside its own code; the same package has it as text, too.
const WASM = '@platformatic/wasm-utils'
const wasmWithin: Plugin = {
  name: 'wasm-within',
  resolveId(id, importer) {
    return id === WASM ? this.resolve(`${WASM}/bundled`, importer) : undefined
  },
}

const SERVICES = join(ROOT, 'services')
const hasFile = (file: string) => (service: string) => existsSync(join(SERVICES, service, file))
const deployed = (await readdir(SERVICES)).filter(
  (service) => service !== 'standalone' && hasFile('src/main.ts')(service),
)
const integrations = deployed.filter(hasFile('src/integration.ts'))

// The image of all integrations by code: a process loads the one that INTEGRATION names. No file of the workspace imports them all.
const INTEGRATION = 'integration'
const ENTRY = '\0integration'
const entryOfIntegrations: Plugin = {
  name: 'entry-of-integrations',
  resolveId: (id) => (id === ENTRY ? id : undefined),
  load: (id) =>
    id === ENTRY
      ? `const name = process.env.INTEGRATION
switch (name) {
${integrations
  .map(
    (name) =>
      `  case ${JSON.stringify(name)}: await import(${JSON.stringify(join(SERVICES, name, 'src/main.ts'))}); break`,
  )
  .join('\n')}
  default:
    process.stderr.write(\`INTEGRATION is \${name ? JSON.stringify(name) : 'not set'}: this image has ${integrations.join(', ')}\\n\`)
    process.exitCode = 1
}`
      : undefined,
}

// What loads only a part of itself is in parts: each integration by code, and each kind of destination with its SDK.
const IN_PARTS = new Set([INTEGRATION, 'destination'])

const bundle = async (service: string, outDir: string): Promise<void> => {
  const dir = join(outDir, service)
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  const build = await rolldown({
    input: { main: service === INTEGRATION ? ENTRY : join(SERVICES, service, 'src/main.ts') },
    platform: 'node',
    plugins: [
      entryOfIntegrations,
      integrationsBeside,
      pageBeside,
      wasmWithin,
      ...(WITH_REFERENCE.has(service) ? [] : [withoutReference]),
    ],
    // A module that is not found must stop the build: the bundle has no node_modules to look in.
    onLog: (level, log, handle) =>
      log.code === 'UNRESOLVED_IMPORT' ? handle('error', log) : handle(level, log),
  })
  // Half of the text is half of the time to compile it; errors are shown by the source map,
  // which Node reads at every start: without the text of the sources that is 22 MB and up to 70 MB of memory less.
  await build.write({
    dir,
    format: 'esm',
    codeSplitting: IN_PARTS.has(service),
    sourcemap: true,
    sourcemapExcludeSources: true,
    minify: true,
  })
  await build.close()
  // Told what it is, Node does not compile the bundle twice to find out.
  await writeFile(join(dir, 'package.json'), '{"type":"module"}')
  await copyFile(join(ROOT, 'terraform', INTEGRATIONS), join(dir, INTEGRATIONS))
  if (service === WITH_PAGE) await promisify(execFile)(process.execPath, [BUILD_PAGE, join(dir, 'page')])
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } })
const images = [...deployed.filter((service) => !integrations.includes(service)), INTEGRATION]
const outDir = values.out ?? join(ROOT, 'dist')
for (const image of positionals.length > 0 ? positionals : images) {
  if (!images.includes(image)) throw new Error(`${image} is no image: ${images.join(', ')}`)
  await bundle(image, outDir)
  console.log(join(outDir, image, 'main.js'))
}
