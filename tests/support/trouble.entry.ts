// Preloaded into a process (`node --import`). At each SIGURG it reads TROUBLE_FILE: `shiftMs` is by how much the wall clock is
// wrong from then on, also of a process that starts later, `blockMs` for how long the event loop stands still, `flushFailsMs`
// after how long the next flush to the disk fails: what is written meanwhile gathers behind it.
import fs, { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import type { Trouble } from './trouble.ts'

const rightNow = Date.now
const nobody = new Int32Array(new SharedArrayBuffer(4))

const flush = fs.fdatasync
let failsMs: number | undefined
Reflect.set(fs, 'fdatasync', (fd: number, done: fs.NoParamCallback) => {
  if (failsMs === undefined) return flush(fd, done)
  const error = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' })
  setTimeout(done, failsMs, error)
  failsMs = undefined
})
syncBuiltinESMExports()

const shiftClock = (shiftMs: number | undefined) => {
  if (shiftMs !== undefined) Date.now = () => rightNow() + shiftMs
}
const readTrouble = (): Trouble => JSON.parse(readFileSync(process.env['TROUBLE_FILE'] ?? '', 'utf8'))

// A machine may boot with a wrong clock.
if (fs.existsSync(process.env['TROUBLE_FILE'] ?? '')) shiftClock(readTrouble().shiftMs)

process.on('SIGURG', () => {
  const { shiftMs, blockMs = 0, flushFailsMs } = readTrouble()
  shiftClock(shiftMs)
  failsMs = flushFailsMs ?? failsMs
  if (blockMs > 0) Atomics.wait(nobody, 0, 0, blockMs)
})
