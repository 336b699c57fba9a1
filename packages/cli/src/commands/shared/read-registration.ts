import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
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

// More than the service takes: a list of centers, a file of something else, or a stream without an end.
const BYTES_MAX = 1024 ** 2

const readBytes = async (file: string, { io, texts, signal }: Context): Promise<Uint8Array> => {
  if (file !== '-' && (await stat(file)).isDirectory()) {
    throw new CliError(EXIT.usage, texts.import.folder(file))
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of file === '-' ? io.input() : createReadStream(file, { signal })) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > BYTES_MAX) throw new CliError(EXIT.usage, texts.errors.largeRegistration(file))
  }
  return Buffer.concat(chunks)
}

/** What a JSON file holds, `-` being the standard input. Whether it is a registration is the service's to judge. */
export const readRegistration = async (file: string, context: Context): Promise<Registration> => {
  const { texts } = context
  const text = textOf(file, await readBytes(file, context), context)
  try {
    const parsed: Registration = JSON.parse(text)
    return parsed
  } catch (error) {
    throw new CliError(EXIT.usage, texts.errors.notJson(error instanceof Error ? error.message : ''))
  }
}
