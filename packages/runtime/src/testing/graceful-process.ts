// A process for end-gracefully.int.test.ts: says `ready` and then lives or dies as its argument says.
import { endGracefully } from '../process/end-gracefully.ts'
import { createLogger } from '../logging/logger.ts'

const mode = process.argv[2]
const logger = createLogger({ level: 'info', service: 'test' })

const close = async (): Promise<void> => {
  if (mode === 'hangs' || mode === 'hangs-briefly') await new Promise(() => undefined)
  if (mode === 'fails') throw new Error('a defect')
  logger.info('closed')
}

const end = endGracefully(logger, close, { delayMs: mode === 'hangs-briefly' ? 20 : 5000 })
setInterval(() => undefined, 1000)
logger.info('ready')

if (mode === 'throws') {
  setImmediate(() => {
    throw new Error('a defect')
  })
}
if (mode === 'rejects') void Promise.reject(new Error('a defect'))
if (mode === 'by-itself') await end.close()
