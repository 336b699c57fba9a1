// `npm run preflight`, the first seconds of `npm test`: says what the tests need and this machine lacks. With CI=true anything
// that is missing ends the run.
import { installChromium, mayInstallChromium } from '@mensageria/testkit/chromium'
import { hasPart, PARTS } from '@mensageria/testkit/parts'
import { fetchInBackground } from './preflight/fetch-in-background.ts'
import { preflightText } from './preflight/preflight-text.ts'

const isCi = process.env['CI'] === 'true'
let missing = PARTS.filter((part) => !hasPart(part))

// What nobody can install here ends the run before a minute is spent on what can be.
if (missing.join(' ') === 'chromium' && mayInstallChromium()) {
  console.log(
    'Preflight: with CI=true and as root, Chromium is installed by apt-get now; it takes about a minute.',
  )
  await installChromium()
  missing = []
}
console.log(preflightText(missing, isCi))
if (isCi && missing.length > 0) process.exit(1)
const fetching = fetchInBackground()
if (fetching !== undefined) console.log(fetching)
