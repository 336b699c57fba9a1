import { readFile } from 'node:fs/promises'
import type { Registration } from '@mensageria/client'
import { CliError } from '../../cli-error.ts'
import type { Context } from '../../context.ts'
import { EXIT } from '../../exit-codes.ts'

/** What a JSON file holds, `-` being the standard input. Whether it is a registration is the service's to judge. */
export const readRegistration = async (file: string, { io, texts }: Context): Promise<Registration> => {
  const text = file === '-' ? await io.readInput() : await readFile(file, 'utf8')
  try {
    const parsed: Registration = JSON.parse(text)
    return parsed
  } catch (error) {
    throw new CliError(EXIT.usage, texts.errors.notJson(error instanceof Error ? error.message : ''))
  }
}
