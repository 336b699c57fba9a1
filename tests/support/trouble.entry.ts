// Preloaded into a process (`node --import`). At each SIGURG it reads TROUBLE_FILE: `shiftMs` is by how much the wall clock is
// wrong from then on, `blockMs` for how long the event loop stands still.
import { readFileSync } from 'node:fs'

type Trouble = { shiftMs?: number; blockMs?: number }

const rightNow = Date.now
const nobody = new Int32Array(new SharedArrayBuffer(4))

process.on('SIGURG', () => {
  const { shiftMs, blockMs = 0 }: Trouble = JSON.parse(
    readFileSync(process.env['TROUBLE_FILE'] ?? '', 'utf8'),
  )
  if (shiftMs !== undefined) Date.now = () => rightNow() + shiftMs
  if (blockMs > 0) Atomics.wait(nobody, 0, 0, blockMs)
})
