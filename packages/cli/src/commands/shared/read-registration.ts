import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { fileFaultText, FileRefused, readUtf8 } from '@mensageria/center-files/text'
import type { Registration } from '@mensageria/client'
import { CliError } from '../../cli-error.ts'
import type { Context } from '../../context.ts'
import { EXIT } from '../../exit-codes.ts'

const textOf = (file: string, bytes: Uint8Array, { texts, language }: Context): string => {
  try {
    return readUtf8(bytes)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    throw new CliError(EXIT.usage, texts.import.refused(file, fileFaultText(error.fault, language)))
  }
}

/** What a JSON file holds, `-` being the standard input. Whether it is a registration is the service's to judge. */
export const readRegistration = async (file: string, context: Context): Promise<Registration> => {
  const { io, texts } = context
  const text = textOf(file, file === '-' ? await buffer(io.input()) : await readFile(file), context)
  try {
    const parsed: Registration = JSON.parse(text)
    return parsed
  } catch (error) {
    throw new CliError(EXIT.usage, texts.errors.notJson(error instanceof Error ? error.message : ''))
  }
}
