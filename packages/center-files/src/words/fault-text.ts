import type { FileFault, RowFault } from '../fault.ts'
import { FIELDS } from '../table/columns.ts'
import { EN } from './en.ts'
import type { FaultWords } from './fault-words.ts'
import { PT_BR } from './pt-br.ts'

export type Language = 'en' | 'pt-BR'

const WORDS: Readonly<Record<Language, FaultWords>> = { en: EN, 'pt-BR': PT_BR }

/** Why a file is refused, and what to do, as a sentence. */
export const fileFaultText = <Kind extends FileFault['kind']>(
  fault: Extract<FileFault, { kind: Kind }>,
  language: Language,
): string => WORDS[language].file[fault.kind](fault, FIELDS)

/** Why a row is not sent, as part of a sentence. */
export const rowFaultText = <Kind extends RowFault['kind']>(
  fault: Extract<RowFault, { kind: Kind }>,
  language: Language,
): string => WORDS[language].row[fault.kind](fault)
