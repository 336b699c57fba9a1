import type { FileFault, RowFault } from '../fault.ts'

type Of<Fault extends { kind: string }, Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

/** The sentences of one language: one for each fault. `known` are the names of columns. */
export type FaultWords = {
  file: { [Kind in FileFault['kind']]: (fault: Of<FileFault, Kind>, known: readonly string[]) => string }
  row: { [Kind in RowFault['kind']]: (fault: Of<RowFault, Kind>) => string }
}
