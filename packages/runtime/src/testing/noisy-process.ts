// A process for log-output.int.test.ts: logs as many lines as its argument says, says so on stderr, and lives until SIGTERM,
// or until the end of stdin where `exits` follows.
import { endGracefully } from '../process/end-gracefully.ts'
import { createLogger } from '../logging/logger.ts'

const [, , count = '0', ending] = process.argv
const logger = createLogger({ level: 'info', service: 'test' })
endGracefully(logger, async () => undefined)
const keepAlive = setInterval(() => undefined, 1000)

for (let n = 0; n < Number(count); n += 1) logger.info({ n, filler: 'x'.repeat(80) }, 'noise')
process.stderr.write('logged\n')
if (ending === 'exits') {
  clearInterval(keepAlive)
  process.exit(3)
}
