// Runs pnpm by hash: `node scripts/pnpm/run.mjs audit --prod`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pnpmByHash } from './pnpm-by-hash.mjs'

const [program, ...first] = pnpmByHash(fileURLToPath(new URL('.', import.meta.url)))
const { status } = spawnSync(program, [...first, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
