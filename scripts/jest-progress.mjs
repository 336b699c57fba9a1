// Says where a test run is, at most every 15 s and only while nothing else was printed. At a terminal Jest does it by itself.
const QUIET_MS = 15_000

const toMinutes = (ms) => {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`
}

export default class Progress {
  running = new Map()
  done = 0

  onRunStart({ numTotalTestSuites }) {
    if (process.stdout.isTTY) return
    this.total = numTotalTestSuites
    this.beganAt = this.printedAt = Date.now()
    this.timer = setInterval(() => this.speak(Date.now()), 1_000).unref()
  }

  onTestFileStart({ path }) {
    this.running.set(path, Date.now())
  }

  onTestFileResult({ path }) {
    this.running.delete(path)
    this.done += 1
    this.printedAt = Date.now()
  }

  onRunComplete() {
    clearInterval(this.timer)
  }

  speak(now) {
    if (now - this.printedAt < QUIET_MS) return
    this.printedAt = now
    const [longest] = [...this.running].toSorted(([, a], [, b]) => a - b)
    const what = longest
      ? `, longest now: ${longest[0].replace(`${process.cwd()}/`, '')} (${toMinutes(now - longest[1])})`
      : ''
    console.log(`still running: ${this.done} of ${this.total} files, ${toMinutes(now - this.beganAt)}${what}`)
  }
}
