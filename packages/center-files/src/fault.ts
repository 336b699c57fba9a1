/** Programs whose own files are not text, and are recognized by how they begin. */
export type ForeignFormat = 'spreadsheet' | 'old-spreadsheet' | 'html' | 'xml' | 'pdf' | 'rtf' | 'archive'

/** Why a whole file is refused, before its first row is sent. Lines count from 1, as an editor shows them. */
export type FileFault =
  | { kind: 'empty' }
  | { kind: 'foreign-format'; format: ForeignFormat }
  | { kind: 'binary' }
  /** No encoding of text that can be told for certain. */
  | { kind: 'unclear-encoding' }
  | { kind: 'mixed-encodings' }
  | { kind: 'not-utf8' }
  | { kind: 'utf-16' }
  | { kind: 'utf-32' }
  /** UTF-8 that another program took for something else, and saved so: `SÃ£o`. */
  | { kind: 'garbled'; line: number; sample: string }
  /** Characters that a program replaced because it could not write them: `S?o`, `S\uFFFDo`. */
  | { kind: 'lost-characters'; line: number; sample: string }
  | { kind: 'text-after-end'; line: number }
  | { kind: 'quote'; line: number }
  | { kind: 'long-row'; line: number }
  | { kind: 'columns'; missing: readonly string[]; unknown: readonly string[] }
  | { kind: 'twice'; column: string }
  | { kind: 'nameless-column'; position: number; line: number }
  /** A spreadsheet shortened a number, and its digits are gone: `1,12223E+13`. */
  | { kind: 'lost-digits'; line: number; column: string; value: string }
  | { kind: 'json'; line: number; detail: string }
  | { kind: 'many-rows'; max: number }
  | { kind: 'many-bytes'; max: number }

/** Why one row is not sent; the others are. */
export type RowFault =
  | { kind: 'extra-cells'; found: number; expected: number }
  | { kind: 'number'; column: string }
  /** What a spreadsheet shows instead of a value: `#N/A`, `#####`. */
  | { kind: 'no-value'; column: string; value: string }
  /** A spreadsheet took the text for a date: `12/mai`. */
  | { kind: 'date'; column: string; value: string }
  | { kind: 'json'; detail: string }
  | { kind: 'long-row' }

/** Ends the reading of a file; `fault` says why. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly fault: FileFault

  constructor(fault: FileFault) {
    super(fault.kind)
    this.fault = fault
  }
}
