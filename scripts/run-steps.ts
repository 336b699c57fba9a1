// Runs scripts of package.json one after the other, until one fails: `node scripts/run-steps.ts types lint`. Names each before
// it starts, and says every 15 s that it still runs.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { textOf } from './help/script-texts.ts'

const QUIET_MS = 15_000
// Says by itself how far it is: scripts/jest-progress.mjs.
const SPEAKS = new Set(['jest'])

const run = async (step: string): Promise<number> => {
  const beganAt = performance.now()
  const seconds = () => `${((performance.now() - beganAt) / 1000).toFixed(0)} s`
  const timer = setInterval(() => console.log(`  still running: ${step}, ${seconds()}`), QUIET_MS)
  if (SPEAKS.has(step)) clearInterval(timer)
  const child = spawn('npm', ['run', '--silent', step], { stdio: 'inherit' })
  const [code]: unknown[] = await once(child, 'close')
  clearInterval(timer)
  return typeof code === 'number' ? code : 1
}

const steps = process.argv.slice(2)
for (const [index, step] of steps.entries()) {
  console.log(`[${index + 1}/${steps.length}] ${step}: ${textOf(step)}`)
  const code = await run(step)
  if (code !== 0) {
    console.log(`${step} failed; "npm run ${step}" repeats this step alone.`)
    process.exit(code)
  }
}
