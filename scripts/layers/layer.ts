/**
 * One row. `from` are folders or files; the longest that fits a file is its row. `may` are what its files import besides each
 * other: a package as it is written, with `*` at the end for all that begin so, or a folder or file of this repository.
 * `late` may be imported with `import()` or as a type, not at the start. `never` goes before `may`.
 */
export type Layer = {
  from: readonly string[]
  may: readonly string[]
  late?: readonly string[]
  never?: readonly string[]
  because: string
}
