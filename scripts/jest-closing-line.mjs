// Closes a test run with one line that a machine can read: "N passed, N failed, N skipped".
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const skipped = results.numPendingTests + results.numTodoTests
    this.line = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`
    process.on('exit', () => console.log(this.line))
  }
}
