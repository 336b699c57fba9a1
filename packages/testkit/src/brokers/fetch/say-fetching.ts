/** One line for who waits: what is fetched, and by which program. */
export const sayFetching = (what: string, by: string): void => {
  process.stderr.write(`Tests: ${what} is fetched with ${by}; it takes a minute at most ...\n`)
}
